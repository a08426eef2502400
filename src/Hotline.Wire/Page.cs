namespace Hotline.Wire;

/// <summary>One page of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="NextCursor">Pass as cursor to go on; none on the last page.</param>
/// <param name="Total">Of all pages; none where it is not counted.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, int? Total = null);
