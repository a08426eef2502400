namespace Hotline.Console.Shared;

/// <summary>A list that can be had as a file.</summary>
/// <param name="Path">Of the API, with its filters.</param>
/// <param name="Title">Where the page has several.</param>
/// <param name="OfCitizens">A supervisor may have it with citizens in full.</param>
public sealed record ExportList(string Path, string? Title = null, bool OfCitizens = false);
