using System.Buffers.Text;
using System.Text;
using Hotline.Wire;

namespace Hotline.ServiceDefaults;

/// <summary>What a list is asked for.</summary>
/// <param name="Limit">1 to 200, 50 if not given.</param>
/// <param name="After">The last key of the page before.</param>
public sealed record PageRequest(int Limit, string? After)
{
    /// <summary>Items of the largest page.</summary>
    public const int Most = 200;

    private static readonly Text BadLimit = new("paging.limit", "limit 必须是 1 到 200 的整数", "limit must be a whole number from 1 to 200");
    private static readonly Text BadCursor = new("paging.cursor", "cursor 无效，请使用上一页返回的 nextCursor",
        "cursor is not valid: send the nextCursor of the page before");

    /// <summary>Reads limit and cursor; faulty ones are named.</summary>
    /// <param name="valid">Whether the key inside a cursor is one of this list's.</param>
    public static PageRequest? Read(int? limit, string? cursor, Func<string, bool> valid, Faults faults)
    {
        string? after = null;
        if (limit is < 1 or > Most) faults.Add("limit", BadLimit.Say());
        if (!string.IsNullOrEmpty(cursor))
        {
            after = Decode(cursor);
            if (after is null || !valid(after)) faults.Add("cursor", BadCursor.Say());
        }
        return faults.Any ? null : new(limit ?? 50, after);
    }

    /// <summary>As above for lists that are ordered by id.</summary>
    public static PageRequest? Read(int? limit, string? cursor, Faults faults) =>
        Read(limit, cursor, key => Guid.TryParse(key, out _), faults);

    /// <summary>The id inside the cursor.</summary>
    public Guid? AfterId => After is null ? null : Guid.Parse(After);

    /// <summary>Makes a page of rows that were read with one more than the limit.</summary>
    /// <param name="total">Of all pages, where it is counted.</param>
    public Page<TView> Cut<TRow, TView>(
        IReadOnlyList<TRow> rows, Func<TRow, string> key, Func<TRow, TView> view, int? total = null) =>
        new([.. rows.Take(Limit).Select(view)], rows.Count > Limit ? Encode(key(rows[Limit - 1])) : null, total);

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    private static string? Decode(string cursor)
    {
        try
        {
            var key = Strict.GetString(Base64Url.DecodeFromChars(cursor));
            return key.Any(char.IsControl) ? null : key;
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException) { return null; }
    }
}
