using System.Text.Json;
using System.Text.Json.Serialization;
using Hotline.Console.FollowUps;
using Hotline.Console.Live;
using Hotline.Console.Workbench;

namespace Hotline.Console.Api;

/// <summary>Descriptions of the types made at compile time: reflection is slow to start in a browser. Without serializers for each type,
/// which would be a tenth of the program.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Page<Category>)), JsonSerializable(typeof(Page<Area>)), JsonSerializable(typeof(Match))]
[JsonSerializable(typeof(Request)), JsonSerializable(typeof(Page<Request>)), JsonSerializable(typeof(Timeline))]
[JsonSerializable(typeof(Order)), JsonSerializable(typeof(Page<Order>))]
[JsonSerializable(typeof(VendorOrder)), JsonSerializable(typeof(Page<VendorOrder>)), JsonSerializable(typeof(OwnVendor)),
    JsonSerializable(typeof(Page<Feedback>))]
[JsonSerializable(typeof(Page<Access>))]
[JsonSerializable(typeof(FollowUp)), JsonSerializable(typeof(Page<FollowUp>))]
[JsonSerializable(typeof(Vendor)), JsonSerializable(typeof(Page<Vendor>))]
[JsonSerializable(typeof(Page<ScoreSummary>)), JsonSerializable(typeof(Scorecard)), JsonSerializable(typeof(Sanction))]
[JsonSerializable(typeof(ClientCredentials)), JsonSerializable(typeof(UserCredentials)), JsonSerializable(typeof(VendorSignIns))]
[JsonSerializable(typeof(IntakeFigures)), JsonSerializable(typeof(IntakeSettings)), JsonSerializable(typeof(DispatchFigures)),
    JsonSerializable(typeof(FollowUpFigures)), JsonSerializable(typeof(OpsView))]
[JsonSerializable(typeof(RegisterInput)), JsonSerializable(typeof(OfferInput)), JsonSerializable(typeof(ReasonInput)),
    JsonSerializable(typeof(CancelInput)), JsonSerializable(typeof(CategoryInput)), JsonSerializable(typeof(NoteInput))]
[JsonSerializable(typeof(AcceptQuoteInput)), JsonSerializable(typeof(QuoteInput)), JsonSerializable(typeof(AppointmentInput)),
    JsonSerializable(typeof(CompleteOrderInput)), JsonSerializable(typeof(AttemptInput)), JsonSerializable(typeof(CompleteFollowUpInput))]
[JsonSerializable(typeof(VendorInput)), JsonSerializable(typeof(ApproveInput)), JsonSerializable(typeof(SanctionInput)),
    JsonSerializable(typeof(VendorUserInput))]
[JsonSerializable(typeof(Page<StaffMember>)), JsonSerializable(typeof(StaffImport)), JsonSerializable(typeof(OwnAccount)),
    JsonSerializable(typeof(NewStaff))]
[JsonSerializable(typeof(Page<SignedInSession>)), JsonSerializable(typeof(Page<SystemClient>)), JsonSerializable(typeof(Page<AuditEntry>))]
[JsonSerializable(typeof(StaffInput)), JsonSerializable(typeof(PasswordInput)), JsonSerializable(typeof(SystemInput))]
[JsonSerializable(typeof(LiveItem[])), JsonSerializable(typeof(CallDraft)), JsonSerializable(typeof(FollowUpDraft))]
public sealed partial class ApiJson : JsonSerializerContext;
