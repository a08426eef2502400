using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hotline.Console.Workbench;

/// <summary>A call as it is taken down: kept in the browser's tab until the request is dispatched, so that a reload or a restart of any
/// server loses nothing.</summary>
public sealed class CallDraft
{
    public string Phone { get; set; } = "";
    public string Name { get; set; } = "";
    public string DialledNumber { get; set; } = "12345";
    public string? AreaCode { get; set; }
    public string Address { get; set; } = "";
    public string Keyword { get; set; } = "";

    /// <summary>Chosen among several that the word fits; none = the best.</summary>
    public string? CategoryCode { get; set; }
    public string Description { get; set; } = "";
    public bool Urgent { get; set; }

    /// <summary>Idempotency-Key of the registration: a second try after a lost answer does not register twice.</summary>
    public string Key { get; set; } = Guid.NewGuid().ToString("N");

    /// <summary>Registered already, only the offer is missing.</summary>
    public Guid? RequestId { get; set; }
    public string? RequestNumber { get; set; }

    public bool IsEmpty => Phone.Length + Name.Length + Address.Length + Keyword.Length + Description.Length == 0
        && AreaCode is null && RequestId is null;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CallDraft))]
public sealed partial class CallJson : JsonSerializerContext;
