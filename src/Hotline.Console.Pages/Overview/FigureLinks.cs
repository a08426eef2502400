using Hotline.Console.Api;
using Hotline.Console.Shared;

namespace Hotline.Console.Overview;

/// <summary>From figures to the rows that they count.</summary>
public sealed record FigureLinks(
    DateOnly From, DateOnly To, string? AreaCode, string? Category, string? RegisteredBy, string? DialledNumber, string? Hour = null)
{
    /// <summary>For the rows of a group; null where it has no name to ask by.</summary>
    public FigureLinks? At(FigureGroup by, string key) => key.Length == 0 ? null : by switch
    {
        FigureGroup.Day when LocalTime.ReadDay(key) is { } day => this with { From = day, To = day },
        FigureGroup.Hour => this with { Hour = key.TrimStart('0') is { Length: > 0 } hour ? hour : "0" },
        FigureGroup.Area => this with { AreaCode = key },
        FigureGroup.Group or FigureGroup.Category => this with { Category = key },
        FigureGroup.Operator => this with { RegisteredBy = key },
        _ => this with { DialledNumber = key },
    };

    public string Requests(params (string, string?)[] more) => Query.Of("requests", [.. Common, ("hour", Hour), .. more]);

    // orders and follow-ups have days and no hours
    public string? Orders(params (string, string?)[] more) => Hour is null ? Query.Of("orders/list", [.. Common, .. more]) : null;

    public string? FollowUps(params (string, string?)[] more) => Hour is null ? Query.Of("callbacks/list", [.. Common, .. more]) : null;

    private (string, string?)[] Common =>
    [
        ("from", Format.Iso(From)), ("to", Format.Iso(To)), ("areaCode", AreaCode), ("categoryCode", Category),
        ("registeredBy", RegisteredBy), ("dialledNumber", DialledNumber),
    ];
}
