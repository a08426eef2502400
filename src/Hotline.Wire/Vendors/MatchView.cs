namespace Hotline.Wire.Vendors;

public sealed record CategoryName(string Code, string Name) : Shown;

/// <summary>A vendor that fits.</summary>
/// <param name="Score">0 to 100 by evaluation; none for a vendor without history.</param>
/// <param name="CompletedOrders">None: its score is what every newcomer begins with.</param>
/// <param name="Rank">0 to 1, what the list is ordered by.</param>
/// <param name="Reasons">Why it stands where it does, in the reader's language.</param>
public sealed record MatchItem(
    Guid VendorId, string Name, string Phone, IReadOnlyList<ServiceView> Services, double? Score, int CompletedOrders, int OpenOrders,
    Standing Standing, double Rank, IReadOnlyList<string> Reasons) : Shown;

/// <param name="Category">The best fit; none where the word fits nothing.</param>
/// <param name="OtherCategories">What the word fits as well.</param>
/// <param name="Suggestions">Where it fits nothing: what comes nearest.</param>
/// <param name="Items">Best first.</param>
/// <param name="Total">How many fit; 100 = that many or more.</param>
/// <param name="Ambiguous">The word means the best fit hardly more than the first of the others: whoever said it is to be asked.</param>
public sealed record MatchView(CategoryName? Category, IReadOnlyList<CategoryName> OtherCategories, IReadOnlyList<CategoryName> Suggestions,
    IReadOnlyList<MatchItem> Items, int Total, bool Ambiguous = false) : Shown;

/// <summary>Why a vendor is not one for a request.</summary>
/// <param name="Code">As dispatch refuses an offer to it, for example vendor.does-not-cover.</param>
/// <param name="Text">In the reader's language.</param>
/// <param name="Overridable">It can be offered all the same by somebody who says why.</param>
public sealed record Misfit(string Code, string Text, bool Overridable) : Shown;

/// <summary>A vendor of the alliance that was asked for by name.</summary>
/// <param name="Service">Of the category asked for; none where it does not offer it.</param>
/// <param name="Misfits">Empty where it fits.</param>
public sealed record NamedVendor(
    Guid VendorId, string Name, string Phone, ServiceView? Service, double? Score, int CompletedOrders, int OpenOrders, Standing Standing,
    IReadOnlyList<Misfit> Misfits) : Shown;
