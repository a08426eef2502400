namespace Hotline.Wire.Vendors;

public sealed record CategoryName(string Code, string Name) : Shown;

/// <summary>A vendor that fits.</summary>
/// <param name="Score">0 to 100 by evaluation; none for a vendor without history.</param>
/// <param name="Rank">0 to 1, what the list is ordered by.</param>
/// <param name="Reasons">Why it stands where it does, in the reader's language.</param>
public sealed record MatchItem(
    Guid VendorId, string Name, string Phone, IReadOnlyList<ServiceView> Services, double? Score, int OpenOrders, Standing Standing,
    double Rank, IReadOnlyList<string> Reasons) : Shown;

/// <param name="Category">The best fit; none where the word fits nothing.</param>
/// <param name="OtherCategories">What the word fits as well.</param>
/// <param name="Suggestions">Where it fits nothing: what comes nearest.</param>
/// <param name="Items">Best first.</param>
/// <param name="Ambiguous">The word means the best fit hardly more than the first of the others: whoever said it is to be asked.</param>
public sealed record MatchView(CategoryName? Category, IReadOnlyList<CategoryName> OtherCategories, IReadOnlyList<CategoryName> Suggestions,
    IReadOnlyList<MatchItem> Items, bool Ambiguous = false) : Shown;
