using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Hotline.Wire;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace Hotline.ServiceDefaults;

/// <summary>Query parameters of all APIs, as each endpoint declares them: an unknown name is named with the nearest known one (it would
/// silently list everything), an empty value
/// is none, a value of the wrong type is told what would be right.</summary>
public static class QueryParameters
{
    private static readonly Text Unknown =
        new("parameter.unknown", "没有这个参数，是否要用 {0}？可用：{1}", "There is no such parameter: did you mean {0}? Known are: {1}");
    private static readonly Text None = new("parameter.unknown", "该地址没有查询参数", "This address takes no query parameters");
    private static readonly Text Once = new("parameter.twice", "只能填写一次", "Give it once");
    private static readonly Text Whole = new("parameter.number", "须为整数", "must be a whole number");
    private static readonly Text WholeBetween =
        new("parameter.number", "{0} 必须是 {1} 到 {2} 的整数", "{0} must be a whole number from {1} to {2}");
    private static readonly Text Number = new("parameter.number", "须为数字", "must be a number");
    private static readonly Text Flag = new("parameter.flag", "须为 true 或 false", "must be true or false");
    private static readonly Text Id = new("parameter.id", "须为编号（UUID）", "must be an id (UUID)");

    private static readonly ConditionalWeakTable<Endpoint, Parameter[]> Known = [];

    private sealed record Parameter(string Name, Type Type, bool Many, RangeAttribute? Range);

    /// <summary>After routing and authorization, before parameters are bound.</summary>
    public static void UseQueryParameters(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.Query.Count == 0 || http.GetEndpoint() is not RouteEndpoint endpoint || !IsApi(endpoint)) return next(http);
        var known = Known.GetValue(endpoint, _ => Declared(endpoint));
        var (faults, given) = (new Faults(), new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase));
        foreach (var (name, all) in http.Request.Query)
        {
            var parameter = known.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            string[] values = [.. all.Where(v => !string.IsNullOrWhiteSpace(v))!];
            if (parameter is null) faults.Add(name, Suggestion(name, known));
            else if (values.Length > 1 && !parameter.Many) faults.Add(parameter.Name, Once.Say());
            else if (values.Select(v => Unreadable(parameter, v)).FirstOrDefault(t => t is not null) is { } message)
                faults.Add(parameter.Name, message);
            else if (values.Length > 0) given[parameter.Name] = values;
        }
        if (faults.Any) return faults.ToProblem().ExecuteAsync(http);
        http.Request.Query = new QueryCollection(given);
        return next(http);
    });

    // an endpoint without a described handler (a proxy, a page) reads its query itself
    private static bool IsApi(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) is true
            && endpoint.Metadata.GetMetadata<MethodInfo>() is not null;

    private static Parameter[] Declared(RouteEndpoint endpoint)
    {
        var inPath = endpoint.RoutePattern.Parameters.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var declared = endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Where(p => IsQuery(p, inPath)).Select(p =>
        {
            var type = p.ParameterInfo.ParameterType;
            var item = type.IsArray ? type.GetElementType()! : type;
            var name = Attribute<IFromQueryMetadata>(p)?.Name ?? p.Name;
            return new Parameter(name, Nullable.GetUnderlyingType(item) ?? item, type.IsArray, RangeOf(name, p));
        });
        return endpoint.Metadata.GetMetadata<ExportsList>() is not { } export ? [.. declared]
            : [.. declared.Where(p => !ExportsList.Inner.Contains(p.Name)),
                .. export.Own.Select(own => new Parameter(own.Name, own.Type, Many: false, Range: null))];
    }

    private static bool IsQuery(IParameterBindingMetadata parameter, HashSet<string> inPath)
    {
        if (Attribute<IFromQueryMetadata>(parameter) is not null) return true;
        if (inPath.Contains(parameter.Name)) return false;
        if (parameter.ParameterInfo.GetCustomAttributes().Any(a =>
            a is IFromHeaderMetadata or IFromBodyMetadata or IFromRouteMetadata or IFromFormMetadata or IFromServiceMetadata))
            return false;
        var type = parameter.ParameterInfo.ParameterType;
        type = type.IsArray ? type.GetElementType()! : type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || type.IsPrimitive || type.IsEnum
            || type == typeof(Guid) || type == typeof(decimal) || type == typeof(DateOnly) || type == typeof(DateTimeOffset);
    }

    private static T? Attribute<T>(IParameterBindingMetadata parameter) where T : class => parameter.ParameterInfo.GetCustomAttributes()
        .OfType<T>().FirstOrDefault();

    private static RangeAttribute? RangeOf(string name, IParameterBindingMetadata parameter) =>
        Attribute<RangeAttribute>(parameter) ?? (name == "limit" ? new RangeAttribute(1, PageRequest.Most) : null);

    /// <summary>What would be right; null where the value is.</summary>
    private static string? Unreadable(Parameter parameter, string value)
    {
        var invariant = CultureInfo.InvariantCulture;
        return Type.GetTypeCode(parameter.Type) switch
        {
            TypeCode.Int32 when !int.TryParse(value, NumberStyles.Integer, invariant, out _) => parameter.Range is { } range
                ? WholeBetween.Say(parameter.Name, range.Minimum, range.Maximum) : Whole.Say(),
            TypeCode.Int64 when !long.TryParse(value, NumberStyles.Integer, invariant, out _) => Whole.Say(),
            TypeCode.Decimal when !decimal.TryParse(value, NumberStyles.Number, invariant, out _) => Number.Say(),
            TypeCode.Double when !double.TryParse(value, NumberStyles.Float, invariant, out _) => Number.Say(),
            TypeCode.Boolean when !bool.TryParse(value, out _) => Flag.Say(),
            TypeCode.Object when parameter.Type == typeof(Guid) && !Guid.TryParse(value, out _) => Id.Say(),
            TypeCode.Object when parameter.Type == typeof(DateOnly) && LocalTime.ReadDay(value) is null => LocalTime.DayWanted.Say(),
            TypeCode.Object when parameter.Type == typeof(DateTimeOffset) && LocalTime.ReadTime(value) is null =>
                LocalTime.TimeWanted.Say(),
            _ => null,
        };
    }

    private static string Suggestion(string name, Parameter[] known) => known.Length == 0 ? None.Say()
        : Unknown.Say(known.MinBy(k => Distance(name, k.Name))!.Name, string.Join(", ", known.Select(k => k.Name)));

    // Levenshtein's, in one row; names of a page's length are compared by their beginning
    private static int Distance(string typed, string known)
    {
        var row = Enumerable.Range(0, known.Length + 1).ToArray();
        foreach (var (i, letter) in typed.Take(50).Index())
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 1; j < row.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal
                    + (char.ToLowerInvariant(letter) == char.ToLowerInvariant(known[j - 1]) ? 0 : 1)));
        }
        return row[^1];
    }
}
