using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>A request that nobody should send.</summary>
public sealed record HostileRequest(string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, string? Body, string MediaType)
{
    public override string ToString() => $"{Method} {Path} [{string.Join(", ", Headers.Select(h => $"{h.Name}: {h.Value}"))}] {MediaType} {(Body is { Length: > 600 } ? $"{Body[..600]}… ({Body.Length} characters)" : Body)}";
}

/// <summary>Generates them from an operation's own description: what it asks for, mixed with what breaks others.</summary>
public static class Hostile
{
    private static readonly string[] Known =
    [
        // SQL, shell, templates, paths, markup
        "' or 1=1 --", "'; drop table requests; --", "1) union select null--", "\\", "%27", "$(id)", "`id`", "{{7*7}}", "${jndi:ldap://x/a}", "../../etc/passwd", "<script>alert(1)</script>", "\"><img src=x>",
        // header, log and CSV injection
        "a\r\nSet-Cookie: x=1", "line\n2026-01-01T00:00:00Z info: forged", "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3",
        // Unicode: no characters, turned round, invisible, composed, wide, outside the BMP, half of a pair, nothing but marks, a name in look-alikes
        "\0", "a\0b", "\u202e反转", "零\u200b宽", "e\u0301\u0301\u0301", "１２３４５６７８９０１", "𠮷野家", "\ud800", "\ufeff", "\u3164", "管​道", "Ⅷ", "ﷺ", "龘龘龘龘", "a\u0600", "\uffff",
        // numbers, dates, ids, keywords
        "0", "-1", "1e400", "-1e400", "NaN", "Infinity", "99999999999999999999999999", "2147483648", "9223372036854775808", "0x10", "1.0000000000000000000000001", "٣", "0000-00-00", "9999-12-31T23:59:60Z", "2026-02-30",
        "-271821-04-20", "2026-01-01T00:00:00+99:00", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "{00000000-0000-0000-0000-000000000001}", "null", "undefined", "true", "[]", "{}", "",
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
        (1, Gen.Int[1, 30].Select(n => Enumerable.Range(0, n).Aggregate((JsonNode?)JsonValue.Create(1), (inner, _) => new JsonObject { ["a"] = inner }))));

    private static readonly Gen<string> NoJson = Gen.OneOf(
        Gen.OneOf("", "{", "}", "[", "null", "true", "\"text\"", "[]", "[{}]", "{}", "{}{}", "{\"a\":1,}", "{'a':1}", "\ufeff{}", "{\"a\":NaN}", "{\"a\":01}", "{\"\\ud800\":1}", "<a/>", "a=1&b=2"),
        Gen.Int[10, 20_000].Select(n => new string('[', n) + new string(']', n)),
        Gen.Int[10, 5_000].Select(n => string.Concat(Enumerable.Repeat("{\"a\":", n)) + "1" + new string('}', n)),
        Gen.Byte.Array[1, 200].Select(Encoding.Latin1.GetString));

    /// <summary>Requests to an operation.</summary>
    public static Gen<HostileRequest> To(Operation operation)
    {
        var holes = System.Text.RegularExpressions.Regex.Matches(operation.Path, @"\{[^}]+\}").Select(m => m.Value).ToArray();
        var path = Gen.Select(Gen.Frequency((2, Gen.Guid.Select(g => g.ToString())), (3, Text.Where(t => t.Trim('.').Length > 0 && !t.Contains('/')))).Array[holes.Length], Query(operation),
            (values, query) => holes.Zip(values).Aggregate(operation.Path, (p, hole) => p.Replace(hole.First, Escape(hole.Second), StringComparison.Ordinal)) + query);
        var headers = Gen.Select(Gen.OneOf("Idempotency-Key", "If-Match", "Accept-Language", "X-Forwarded-For", "traceparent", "Cookie", "X-Http-Method-Override"), Text.Select(Header), (name, value) => (name, value)).Array[0, 3];
        var body = operation.Method is "GET" or "DELETE" ? Gen.Const((string?)null)
            : Gen.Frequency((1, NoJson.Select(t => (string?)t)), (5, Value(operation, operation.Body, 0).Select(v => (string?)(v?.ToJsonString() ?? "null"))));
        return Gen.Select(path, headers, body, Gen.Frequency((9, Gen.Const("application/json")), (1, Gen.OneOf("text/plain", "application/xml", "application/x-www-form-urlencoded"))),
            (p, h, b, media) => new HostileRequest(operation.Method, p, h, b, media));
    }

    private static Gen<string> Query(Operation operation) => operation.Query.Count == 0 ? Gen.Const("")
        : Gen.Select(Gen.OneOf([.. operation.Query]), Text, (name, value) => $"{name}={Escape(value)}").Array[0, 4].Select(pairs => pairs.Length == 0 ? "" : "?" + string.Join('&', pairs));

    // as the schema says, and then again not
    private static Gen<JsonNode?> Value(Operation operation, JsonNode? schema, int depth)
    {
        if (schema is null || depth > 4) return Anything;
        var resolved = operation.Resolve(schema);
        if (resolved["properties"] is JsonObject properties)
        {
            var fields = properties.Select(p => Gen.Select(Value(operation, p.Value, depth + 1), Gen.Int[0, 9], (value, there) => (p.Key, Value: value, There: there > 0))).ToArray();
            var whole = fields.Aggregate(Gen.Const<(string Key, JsonNode? Value, bool There)[]>([]), (all, field) => Gen.Select(all, field, (a, f) => a.Append(f).ToArray()))
                .Select(values => (JsonNode?)new JsonObject(values.Where(v => v.There).Select(v => KeyValuePair.Create(v.Key, v.Value?.DeepClone()))));
            return depth == 0 ? whole : Gen.Frequency((4, whole), (1, Anything));
        }
        if (resolved["items"] is { } items) return Gen.Frequency((3, Value(operation, items, depth + 1).Array[0, 3].Select(a => (JsonNode?)new JsonArray([.. a.Select(v => v?.DeepClone())]))), (1, Anything));
        Gen<JsonNode?> plausible = Gen.OneOf("14500000001", "330381001", "疏通", "drains.unclog-drain", "noAnswer", "warning", "phone", "12345", "2026-12-01T08:00:00Z", "次").Select(t => (JsonNode?)JsonValue.Create(t));
        if (resolved["type"]?.ToJsonString() is { } type && !type.Contains("string", StringComparison.Ordinal))
            plausible = Gen.Int[0, 100].Select(n => (JsonNode?)(type.Contains("boolean", StringComparison.Ordinal) ? JsonValue.Create(n % 2 == 0) : JsonValue.Create(n)));
        return Gen.Frequency((1, plausible), (2, Anything));
    }

    // half a surrogate pair has no UTF-8; as its three bytes it is as wrong as can be sent
    private static string Escape(string text) => string.Concat(text.Select((c, i) => char.IsSurrogate(c) ? (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? Uri.EscapeDataString(text.AsSpan(i, 2))
        : i > 0 && char.IsLowSurrogate(c) && char.IsHighSurrogate(text[i - 1]) ? "" : "%ED%A0%80") : Uri.EscapeDataString(c.ToString())));

    // what no client can put into a header is left out
    private static string Header(string text) => new([.. text.Where(c => c is >= ' ' and <= '~').Take(300)]);
}
