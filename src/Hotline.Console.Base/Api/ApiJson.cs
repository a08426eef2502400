using System.Text.Json;
using System.Text.Json.Serialization;
using Hotline.Console.Palette;

namespace Hotline.Console.Api;

/// <summary>Descriptions of the types of the API that the first page needs, made at compile time: reflection is slow to start in a browser.
/// Without serializers for each type, which would be a tenth of the program. The other pages bring their own (PagesJson).</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Page<CategoryView>)), JsonSerializable(typeof(Page<AreaView>)), JsonSerializable(typeof(MatchView)),
    JsonSerializable(typeof(Page<NamedVendor>)), JsonSerializable(typeof(Page<VendorView>))]
[JsonSerializable(typeof(RequestView)), JsonSerializable(typeof(Page<RequestView>))]
[JsonSerializable(typeof(OrderView)), JsonSerializable(typeof(Page<OrderView>))]
[JsonSerializable(typeof(IntakeSettings)), JsonSerializable(typeof(DispatchFigures)), JsonSerializable(typeof(FollowUpFigures))]
[JsonSerializable(typeof(RegisterInput)), JsonSerializable(typeof(OfferInput))]
[JsonSerializable(typeof(List<Recent>))]
[JsonSerializable(typeof(LiveItem[])), JsonSerializable(typeof(NotificationsView)), JsonSerializable(typeof(ReadInput))]
public sealed partial class ApiJson : JsonSerializerContext
{
    private static readonly List<JsonSerializerContext> Others = [];

    /// <summary>Types of a part of the console that has been fetched.</summary>
    public static void Add(JsonSerializerContext context) => Others.Add(context);

    /// <summary>The context that describes a type; a type in none is a mistake in the code.</summary>
    public static JsonSerializerContext Of(Type type) =>
        Default.GetTypeInfo(type) is not null ? Default : Others.First(context => context.GetTypeInfo(type) is not null);
}
