namespace Hotline.Wire;

/// <summary>What is wrong with a line of a file that was to be imported.</summary>
/// <param name="Line">In the file; the header is line 1.</param>
/// <param name="Field">The field's name in the API; none for the whole line.</param>
/// <param name="Column">As the file's heading calls the field.</param>
public sealed record ImportFault(int Line, string? Field, string? Column, string Message) : Shown;
