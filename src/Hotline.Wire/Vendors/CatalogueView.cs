namespace Hotline.Wire.Vendors;

/// <param name="Code">Stable; use it as categoryCode.</param>
/// <param name="Name">In the reader's language.</param>
/// <param name="Synonyms">What citizens say instead.</param>
public sealed record CategoryView(string Code, string Name, string GroupCode, string GroupName, IReadOnlyList<string> Synonyms) : Shown;

/// <param name="Code">9 digits; use it as areaCode.</param>
/// <param name="Pinyin">Of the name, for typing it: "xin cheng jie dao".</param>
public sealed record AreaView(string Code, string Name, string Pinyin) : Shown;
