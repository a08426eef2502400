namespace Hotline.Console.Texts;

/// <summary>Names the resource files Words.resx (Chinese) and Words.en.resx.</summary>
public sealed class Words;
