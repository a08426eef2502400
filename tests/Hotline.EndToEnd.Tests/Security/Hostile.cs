using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>A request that nobody should send.</summary>
/// <param name="ContentType">As it is sent, whether it is one or not; none = no header.</param>
public sealed record HostileRequest(string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body,
    string? ContentType)
{
    private const int Shown = 600;

    /// <summary>Refused at its head by the server itself: longer than is read before anybody is asked (a line of 8 KiB, headers of 30 KiB),
    /// or a path with a zero byte.</summary>
    public bool IsNoHttp => Path.Length > 8000 || Headers.Sum(h => h.Name.Length + h.Value.Length) > 30_000
        || Path.Split('?')[0].Contains("%00", StringComparison.Ordinal);

    public override string ToString()
    {
        var body = Body is null ? "" : Encoding.UTF8.GetString(Body);
        return $"{Method} {Path} [{string.Join(", ", Headers.Select(h => $"{h.Name}: {h.Value}"))}] {ContentType} "
            + (body.Length > Shown ? $"{body[..Shown]}… ({body.Length} characters)" : body);
    }
}

/// <summary>Generates them from an operation's own description: what it asks for, mixed with what breaks others.</summary>
public static class Hostile
{
    private static readonly string[] Known =
    [
        // SQL, shell, templates, paths, markup
        "' or 1=1 --", "'; drop table requests; --", "1) union select null--", "\\", "%27", "$(id)", "`id`", "{{7*7}}",
        "${jndi:ldap://x/a}", "../../etc/passwd", "<script>alert(1)</script>", "\"><img src=x>",
        // header, log and CSV injection
        "a\r\nSet-Cookie: x=1", "line\n2026-01-01T00:00:00Z info: forged", "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3",
        // Unicode: no characters, turned round, invisible, composed, wide, outside the BMP, half of a pair,
        // nothing but marks, a name in look-alikes
        "\0", "a\0b", "\u202e反转", "零\u200b宽", "e\u0301\u0301\u0301", "１２３４５６７８９０１", "𠮷野家", "\ud800", "\ufeff", "\u3164", "管​道", "Ⅷ",
        "ﷺ", "龘龘龘龘", "a\u0600", "\uffff",
        // numbers, dates, ids, keywords
        "0", "-1", "1e400", "-1e400", "NaN", "Infinity", "99999999999999999999999999", "2147483648", "9223372036854775808", "0x10",
        "1.0000000000000000000000001", "٣", "0000-00-00", "9999-12-31T23:59:60Z", "2026-02-30",
        "-271821-04-20", "2026-01-01T00:00:00+99:00", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "{00000000-0000-0000-0000-000000000001}", "null", "undefined", "true", "[]", "{}", "",
        // control characters, among others and at the end, and what a terminal or a CSV makes of them
        "\u0001", "a\u0007b", "\u001b[31m", "\u007f", "\u0085", "abcd\n", "abcd\r\n", "330381001\n", "91330381MA2ABCDE1X\n", "a\u2028b",
        // both ends of the calendar, and other calendars' forms
        "0001-01-01", "9999-12-31", "1999-12-31", "2100-01-02", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999-14:00",
        "2026-11", "01/02/2026", "Nov 26",
        "2026-11-26T08:00:00", "2026-W48-4", "二〇二六年", "-0001-01-01", "10000-01-01", "24:00:00", "99:99",
        " ", "\t", "%", "_", "%%%", "*", "?", "#", "/", "//", ".", "..", ";",
    ];

    private static readonly Gen<string> Text = Gen.Frequency(
        (8, Gen.OneOf(Known)),
        (3, Gen.String[0, 60]),
        (2, Gen.Select(Gen.OneOf(Known), Gen.Int[1, 300], (text, times) => string.Concat(Enumerable.Repeat(text, times)))),
        (1, Gen.Int[100, 20_000].Select(n => new string('字', n))),
        (1, Gen.Guid.Select(g => g.ToString())));

    private static readonly Gen<JsonNode?> Anything = Gen.Frequency(
        (6, Text.Select(t => (JsonNode?)JsonValue.Create(t))),
        (1, Gen.Const((JsonNode?)null)),
        (1, Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b))),
        (2, Gen.Double.Where(double.IsFinite).Select(d => (JsonNode?)JsonValue.Create(d))),
        (2, Gen.OneOf<long>(0, -1, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue).Select(n => (JsonNode?)JsonValue.Create(n))),
        (1, Gen.OneOf(0.1m, 0.001m, decimal.MaxValue, decimal.MinValue, 9999999999.99m).Select(n => (JsonNode?)JsonValue.Create(n))),
        (1, Gen.Int[0, 40].Select(n => (JsonNode?)new JsonArray([.. Enumerable.Range(0, n).Select(i => (JsonNode)JsonValue.Create(i))]))),
        (1, Gen.Int[1, 30].Select(n => Enumerable.Range(0, n).Aggregate((JsonNode?)JsonValue.Create(1),
            (inner, _) => new JsonObject { ["a"] = inner }))));

    private static readonly Gen<string> NoJson = Gen.OneOf(
        Gen.OneOf("", "{", "}", "[", "null", "true", "\"text\"", "[]", "[{}]", "{}", "{}{}", "{\"a\":1,}", "{'a':1}", "\ufeff{}",
            "{\"a\":NaN}", "{\"a\":01}", "{\"\\ud800\":1}", "<a/>", "a=1&b=2"),
        Gen.Int[10, 20_000].Select(n => new string('[', n) + new string(']', n)),
        Gen.Int[10, 5_000].Select(n => string.Concat(Enumerable.Repeat("{\"a\":", n)) + "1" + new string('}', n)),
        Gen.Byte.Array[1, 200].Select(Encoding.Latin1.GetString));

    private static readonly Gen<string> ContentType = Gen.Frequency((8, Gen.Const("application/json")), (4, Gen.OneOf(
        "application/json; charset=utf-8", "application/json; charset=\"utf-8\"", "application/json; charset=gbk",
        "application/json; charset=gb18030",
        "application/json; charset=GB2312", "application/json; charset=", "application/json; charset=\"\"",
        "application/json; charset=utf-7", "application/json; charset=x\"",
        "application/json;;;", "application/json; charset", "application/merge-patch+json", "application/json-patch+json",
        "application/problem+json", "text/json",
        "text/plain", "application/xml", "text/csv; charset=gbk", "application/x-www-form-urlencoded", "multipart/form-data",
        "multipart/form-data; boundary=\"\"",
        "application/octet-stream", "*/*", "json", "/", ";")));

    private static readonly Gen<(string Name, string Value)> Header = Gen.OneOf(
        Gen.Select(Gen.OneOf("Idempotency-Key", "If-Match", "If-None-Match", "Accept-Language", "X-Forwarded-For", "X-Forwarded-Host",
            "X-Forwarded-Proto", "Forwarded",
            "traceparent", "tracestate", "baggage", "Cookie", "X-Http-Method-Override", "Range", "Accept", "Last-Event-ID", "X-Anything"),
                Text.Select(Sendable), (n, v) => (n, v)),
        Gen.OneOf("zh-TW", "zh-Hans-CN", "en;q=0", "xx-YY", "tlh", ";q=", "en-", "*;q=0", "zh_CN.UTF-8", "-", ",,,", "en;q=NaN")
            .Select(v => ("Accept-Language", v)),
        Gen.OneOf("text/html", "text/plain", "application/xml", "image/png", "*/*;q=0", "nonsense", "").Select(v => ("Accept", v)),
        Gen.OneOf("gzip", "deflate", "br", "identity", "gzip, gzip", "martian").Select(v => ("Content-Encoding", v)),
        Gen.OneOf("session=a%00b", "a=%07", "hotline.session=" + new string('a', 3000), "=", ";;;", "=;=", "a=\"%0d%0aSet-Cookie: x=1\"")
            .Select(v => ("Cookie", v)));

    /// <summary>Requests to an operation.</summary>
    public static Gen<HostileRequest> To(Operation operation)
    {
        var holes = System.Text.RegularExpressions.Regex.Matches(operation.Path, @"\{[^}]+\}").Select(m => m.Value).ToArray();
        var inPath = Gen.Frequency((2, Gen.Guid.Select(g => g.ToString())), (3,
            Text.Where(t => t.Trim('.').Length > 0 && !t.Contains('/'))));
        var path = Gen.Select(inPath.Array[holes.Length], Query(operation.Query), (values, query) =>
            holes.Zip(values).Aggregate(operation.Path, (p, hole) => p.Replace(hole.First, Escape(hole.Second), StringComparison.Ordinal))
                + query);
        var json = Gen.Frequency((1, NoJson), (5, Value(operation, operation.Body, 0).Select(v => v?.ToJsonString() ?? "null")),
            (1, Value(operation, operation.Body, 0).Select(Doubled))).Select(t => (byte[]?)Encoding.UTF8.GetBytes(t));
        var body = operation.Method is "GET" or "DELETE" ? Gen.Const((byte[]?)null)
            : Gen.Frequency((12, json), (1, Gen.Byte.Array[0, 200].Select(b => (byte[]?)b)));
        return Gen.Select(path, Header.Array[0, 3], body, ContentType, (p, h, b, type) =>
            new HostileRequest(operation.Method, p, h, b, b is null ? null : type));
    }

    /// <summary>Requests to a page or to an address of OAuth, which take forms.</summary>
    public static Gen<HostileRequest> ToForm(string method, string path, params string[] fields)
    {
        var field = Gen.Select(Gen.Frequency((9, Gen.OneOf(fields)), (1, Text)),
            Gen.Frequency((6, Text), (1, Gen.OneOf(Plausible))), (name, value) => $"{Escape(name)}={Escape(value)}");
        var pairs = Gen.Frequency(
            (12, field.Array[0, 8].Select(p => string.Join('&', p))),
            (1, Gen.OneOf(1100, 1025, 2000).Select(n => string.Join('&', Enumerable.Range(0, n).Select(i => $"f{i}=1")))),
            (1, Gen.OneOf(fields).Select(f => $"{new string('n', 3000)}=1&{f}=%00")),
            (1, Gen.OneOf("%", "%zz", "=&=", "&&&", "a=%ff%fe", "+=+", "a[b]=1&a[b]=2", "__RequestVerificationToken=x")));
        var type = Gen.Frequency((8, Gen.Const("application/x-www-form-urlencoded")), (1,
            Gen.OneOf("application/x-www-form-urlencoded; charset=gbk",
            "application/x-www-form-urlencoded; charset=\"\"", "multipart/form-data", "multipart/form-data; boundary=x",
            "application/json", "text/plain")));
        return Gen.Select(pairs, Query([.. fields, "returnUrl"]), Header.Array[0, 2], type, (form, query, headers, contentType) =>
            method == "GET"
            ? new HostileRequest(method, form.Length > 0 && form.Length < 4000 ? $"{path}?{form}" : path + query, headers, null, null)
            : new HostileRequest(method, path + query, headers, Encoding.UTF8.GetBytes(form), contentType));
    }

    private static readonly string[] Plausible =
        ["client_credentials", "refresh_token", "authorization_code", "hotline-operator", "hotline-gateway", "code", "S256", "openid",
            "operator", "/"];

    // names that are known, and some that are not
    private static Gen<string> Query(IReadOnlyList<string> known) =>
        Gen.Select(Gen.Frequency((8, Gen.OneOf([.. known, "limit"])), (1, Gen.OneOf("statuss", "na\0me", "[]", "$filter", "")), (1, Text)),
            Text, (name, value) => $"{Escape(name)}={Escape(value)}")
            .Array[0, 4].Select(pairs => pairs.Length == 0 ? "" : "?" + string.Join('&', pairs));

    // the first field once more
    private static string Doubled(JsonNode? value) => value is JsonObject { Count: > 0 } fields && fields.First() is var (name, first)
        ? $"{{{JsonValue.Create(name).ToJsonString()}:{first?.ToJsonString() ?? "null"},{fields.ToJsonString()[1..]}" : """{"a":1,"a":2}""";

    // as the schema says, and then again not
    private static Gen<JsonNode?> Value(Operation operation, JsonNode? schema, int depth)
    {
        if (schema is null || depth > 4) return Anything;
        var resolved = operation.Resolve(schema);
        if (resolved["properties"] is JsonObject properties)
        {
            var fields = properties.Select(p => Gen.Select(Value(operation, p.Value, depth + 1), Gen.Int[0, 9],
                (value, there) => (p.Key, Value: value, There: there > 0))).ToArray();
            var whole = fields.Aggregate(Gen.Const<(string Key, JsonNode? Value, bool There)[]>([]),
                (all, field) => Gen.Select(all, field, (a, f) => a.Append(f).ToArray()))
                .Select(values => (JsonNode?)new JsonObject(values.Where(v => v.There)
                    .Select(v => KeyValuePair.Create(v.Key, v.Value?.DeepClone()))));
            return depth == 0 ? whole : Gen.Frequency((4, whole), (1, Anything));
        }
        if (resolved["items"] is { } items) return Gen.Frequency((3, Value(operation, items, depth + 1).Array[0, 3]
            .Select(a => (JsonNode?)new JsonArray([.. a.Select(v => v?.DeepClone())]))), (1, Anything));
        Gen<JsonNode?> plausible = Gen.OneOf("14500000001", "330381001", "疏通", "drains.unclog-drain", "noAnswer", "warning", "phone",
            "12345", "2026-12-01T08:00:00Z", "次").Select(t => (JsonNode?)JsonValue.Create(t));
        if (resolved["type"]?.ToJsonString() is { } type && !type.Contains("string", StringComparison.Ordinal))
            plausible = Gen.Int[0, 100].Select(n => (JsonNode?)(type.Contains("boolean", StringComparison.Ordinal)
                ? JsonValue.Create(n % 2 == 0) : JsonValue.Create(n)));
        return Gen.Frequency((1, plausible), (2, Anything));
    }

    // half a surrogate pair has no UTF-8; as its three bytes it is as wrong as can be sent
    private static string Escape(string text) => string.Concat(text.Select((c, i) => char.IsSurrogate(c) ? (char.IsHighSurrogate(c)
        && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? Uri.EscapeDataString(text.AsSpan(i, 2))
        : i > 0 && char.IsLowSurrogate(c) && char.IsHighSurrogate(text[i - 1]) ? "" : "%ED%A0%80") : Uri.EscapeDataString(c.ToString())));

    // what HttpClient puts into no header is left out: line breaks, NUL and half a pair
    private static string Sendable(string text) =>
        new([.. text.Where(c => c is not ('\r' or '\n' or '\0') && !char.IsSurrogate(c)).Take(300)]);
}
