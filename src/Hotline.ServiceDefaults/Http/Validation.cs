using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using Hotline.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hotline.ServiceDefaults;

/// <summary>Input is checked before an endpoint runs; every faulty field is named at once.</summary>
public static class Validation
{
    /// <summary>Checks the endpoint's argument of type <typeparamref name="T"/> with its validator; faults answer 400.</summary>
    public static RouteHandlerBuilder Validates<T>(this RouteHandlerBuilder endpoint) where T : class =>
        endpoint.AddEndpointFilter(async (context, next) =>
            Check(context.HttpContext.RequestServices.GetRequiredService<IValidator<T>>(), Given<T>(context)) ?? await next(context));

    private static T Given<T>(EndpointFilterInvocationContext context) where T : class =>
        context.Arguments.OfType<T>().SingleOrDefault() ?? context.Arguments.OfType<Patch<T>>().Single().Fields;

    /// <summary>The answer to faulty input, or null where all is well.</summary>
    public static ProblemHttpResult? Check<T>(IValidator<T> rules, T input)
    {
        var faults = rules.Validate(input).Errors.Select(e => (Field: JsonPath(e.PropertyName), Message: e.ErrorMessage))
            .Concat(WithControls("", JsonSerializer.SerializeToNode(input, JsonSerializerOptions.Web))
                .Select(field => (Field: field, Message: ControlCharacters.Say())))
            .GroupBy(f => f.Field).ToDictionary(g => g.Key, g => g.Select(f => f.Message).Distinct().ToArray());
        return faults.Count == 0 ? null : Problems.InvalidInput(faults);
    }

    // every text of the input, whether a rule speaks of it or not
    private static IEnumerable<string> WithControls(string path, JsonNode? value) => value switch
    {
        JsonObject fields => fields.SelectMany(f => WithControls(path.Length == 0 ? f.Key : $"{path}.{f.Key}", f.Value)),
        JsonArray items => items.SelectMany((item, i) => WithControls($"{path}[{i}]", item)),
        JsonValue one when one.TryGetValue<string>(out var text) && !NoControls(text) => [path],
        _ => [],
    };

    /// <summary>A message of ours instead of the library's.</summary>
    public static IRuleBuilderOptions<T, TProperty> Says<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, Text text,
        params object?[] values) =>
        rule.WithMessage(_ => text.Say(values));

    /// <summary>Something to be seen, at most so many characters (as a reader counts them), without control characters other than line
    /// breaks and tabs.</summary>
    public static IRuleBuilderOptions<T, string?> Words<T>(this IRuleBuilder<T, string?> rule, int atMost) =>
        rule.Must(value => !Writing.IsBlank(value)).WithMessage((_, value) => (string.IsNullOrEmpty(value) ? Missing : Blank).Say())
            .OptionalWords(atMost);

    /// <summary>Like <see cref="Words{T}"/>, but may be missing or empty.</summary>
    public static IRuleBuilderOptions<T, string?> OptionalWords<T>(this IRuleBuilder<T, string?> rule, int atMost) =>
        rule.Must(value => IsAtMost(value, atMost)).Says(TooLong, atMost).Must(NoControls).Says(ControlCharacters);

    /// <summary>Like <see cref="Words{T}"/>, on one line: a name, a number, an address.</summary>
    public static IRuleBuilderOptions<T, string?> Line<T>(this IRuleBuilder<T, string?> rule, int atMost) => rule.Words(atMost)
        .Must(OneLine).Says(LineBreaks);

    /// <summary>Like <see cref="Line{T}"/>, but may be missing or empty.</summary>
    public static IRuleBuilderOptions<T, string?> OptionalLine<T>(this IRuleBuilder<T, string?> rule, int atMost) =>
        rule.OptionalWords(atMost).Must(OneLine).Says(LineBreaks);

    /// <summary>Amount in CNY: between the bounds and with at most two decimals.</summary>
    public static IRuleBuilderOptions<T, decimal?> Money<T>(this IRuleBuilder<T, decimal?> rule, decimal from, decimal to) =>
        rule.NotNull().InclusiveBetween(from, to).PrecisionScale(12, 2, true);

    /// <summary>Messages of ours, without the field's name: it stands beside them.</summary>
    internal static void Localize()
    {
        ValidatorOptions.Global.LanguageManager = new FieldMessages();
    }

    private static readonly Text Missing = new("field.missing", "请填写", "Fill it in");
    private static readonly Text Blank = new("field.blank", "请填写，不能只有空格或看不见的字符",
        "Fill it in: blanks and invisible characters alone are nothing");
    private static readonly Text TooLong = new("text.too-long", "最多 {0} 个字符", "At most {0} characters");
    internal static readonly Text ControlCharacters = new("field.control-characters", "不能包含控制字符或改变文字方向的字符",
        "must not contain control characters or characters that change the direction of text");
    private static readonly Text LineBreaks = new("field.line-breaks", "不能换行", "must be on one line");

    // one character may be of many units (a family emoji has 11), but not of any number: marks can be piled up without end
    private const int MostUnits = 16;

    private static bool IsAtMost(string? value, int characters) => value is null || value.Length <= characters
        || value.Length <= MostUnits * characters && Writing.Characters(value) <= characters;

    private static bool NoControls(string? value) => value is null
        || Writing.IsWellFormed(value) && !value.EnumerateRunes().Any(r => System.Text.Rune.IsControl(r)
            && r.Value is not ('\n' or '\r' or '\t') || Writing.IsDeceptive(r));

    private static bool OneLine(string? value) => value is null || !value.EnumerateRunes().Any(Writing.EndsLine);

    private static string JsonPath(string property) =>
        string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
