using System.Text.Json.Serialization;

namespace Hotline.Wire;

/// <summary>One page of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="NextCursor">Pass as cursor to go on; none on the last page.</param>
/// <param name="Total">How many there are on all pages, where a list counts and is asked to; none where there are more than
/// 10,000.</param>
public sealed record Page<T>(
    IReadOnlyList<T> Items, string? NextCursor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Total = null);

/// <summary>A list that comes whole, not page by page.</summary>
public interface IWholeList<out T>
{
    IReadOnlyList<T> Rows { get; }
}
