namespace Hotline.Console.Requests;

/// <summary>A list narrowed in a way that the person gave a name.</summary>
/// <param name="Path">The list's address with its filters.</param>
public sealed record SavedFilter(string Name, string Path);
