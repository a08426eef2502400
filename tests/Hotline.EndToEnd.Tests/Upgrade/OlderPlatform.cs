using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hotline.EndToEnd.Tests.Upgrade;

/// <summary>What the test has to know of the platform that is stored in fixture/: who was there, and what was left at which step.</summary>
/// <param name="Commit">The release that it was.</param>
/// <param name="At">When it was stopped.</param>
/// <param name="Authenticator">Key of the two-step user's device, base32.</param>
/// <param name="Vendor">The vendor whose orders these are.</param>
/// <param name="Ids">Requests, orders and callbacks, each by the step at which it was left.</param>
/// <param name="Requests">Requests that were over, as that release showed them.</param>
/// <param name="Rows">How many rows each table had, by database and table.</param>
public sealed record OlderPlatform(
    string Commit, DateTimeOffset At, string Authenticator, Guid Vendor, IReadOnlyDictionary<string, Guid> Ids,
    IReadOnlyList<SeenRequest> Requests, IReadOnlyDictionary<string, long> Rows)
{
    /// <summary>Every password and secret of the stored platform, and what its keys are made of: nobody else has it.</summary>
    public const string Phrase = "only-for-the-upgrade-test-and-for-no-platform-of-anybody";

    /// <summary>People of the stored platform.</summary>
    public const string VendorsPerson = "upgrade-vendor", TwoStepPerson = "upgrade-two-step";

    /// <summary>Phone number of the request that was made with <see cref="IdempotencyKey"/>.</summary>
    public const string Phone = "14500009001", IdempotencyKey = "upgrade-test-registered-once";

    internal static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Folder { get; } = Path.Combine(Platform.Root, "tests", "Hotline.EndToEnd.Tests", "Upgrade", "fixture");

    /// <param name="folder">Where it is written down; none = <see cref="Folder"/>.</param>
    public static OlderPlatform Load(string? folder = null) =>
        JsonSerializer.Deserialize<OlderPlatform>(File.ReadAllText(Path.Combine(folder ?? Folder, "platform.json")), Json)!;

    public void Save(string folder) =>
        File.WriteAllText(Path.Combine(folder, "platform.json"), JsonSerializer.Serialize(this, Json) + "\n");
}

/// <summary>A request as an operator sees it.</summary>
public sealed record SeenRequest(Guid Id, string Number, string Status, string Name, string Phone, string Address, string Description)
{
    public static SeenRequest Of(Answer request) => new(
        request.Id, request.Text("number"), request.Text("status"), request.Body["caller"]!["name"]!.ToString(),
        request.Body["caller"]!["phone"]!.ToString(), request.Text("address"), request.Text("description"));
}

/// <summary>What a broker holds: exchanges, queues and bindings as its management API gives them, and messages.</summary>
public sealed record StoredBroker(JsonNode Definitions, IReadOnlyList<StoredMessage> Messages)
{
    public static StoredBroker Parse(string text) => JsonSerializer.Deserialize<StoredBroker>(text, OlderPlatform.Json)!;

    public override string ToString() => JsonSerializer.Serialize(this, OlderPlatform.Json) + "\n";
}

/// <summary>A message that waits in a queue.</summary>
public sealed record StoredMessage(string Queue, JsonNode Properties, string Payload)
{
    /// <summary>As the inbox of whoever takes it will know it.</summary>
    public Guid Id => Guid.Parse(Properties["message_id"]!.ToString());
}
