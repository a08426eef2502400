namespace Hotline.Console.FollowUps;

/// <summary>The answers of a callback as they are given: kept in the browser's tab until the callback is complete.</summary>
public sealed record FollowUpDraft
{
    /// <summary>Which order it is about; of a later one it says nothing.</summary>
    public Guid? OrderId { get; set; }

    /// <summary>1 (very dissatisfied) to 5.</summary>
    public int? Satisfaction { get; set; }
    public bool? Resolved { get; set; }
    public bool? Punctual { get; set; }
    public bool? PriceAsQuoted { get; set; }
    public string Comment { get; set; } = "";
    public bool Complains { get; set; }
    public string Complaint { get; set; } = "";
}
