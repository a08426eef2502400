using System.Text.Json;
using System.Text.Json.Serialization;
using Hotline.Console.FollowUps;
using Hotline.Console.Palette;
using Hotline.Console.Requests;
using Hotline.Console.Workbench;

namespace Hotline.Console.Api;

/// <summary>Descriptions of the types made at compile time: reflection is slow to start in a browser. Without serializers for each type,
/// which would be a tenth of the program.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Page<CategoryView>)), JsonSerializable(typeof(Page<AreaView>)), JsonSerializable(typeof(MatchView))]
[JsonSerializable(typeof(RequestView)), JsonSerializable(typeof(Page<RequestView>)), JsonSerializable(typeof(TimelineView))]
[JsonSerializable(typeof(OrderView)), JsonSerializable(typeof(Page<OrderView>))]
[JsonSerializable(typeof(VendorOrderView)), JsonSerializable(typeof(Page<VendorOrderView>)), JsonSerializable(typeof(OwnVendorView)),
    JsonSerializable(typeof(Page<FeedbackView>))]
[JsonSerializable(typeof(Page<Access>)), JsonSerializable(typeof(NotificationsView)), JsonSerializable(typeof(ReadInput))]
[JsonSerializable(typeof(FollowUpView)), JsonSerializable(typeof(Page<FollowUpView>))]
[JsonSerializable(typeof(VendorView)), JsonSerializable(typeof(Page<VendorView>))]
[JsonSerializable(typeof(Page<ScoreSummary>)), JsonSerializable(typeof(Scorecard)), JsonSerializable(typeof(SanctionView))]
[JsonSerializable(typeof(ClientCredentials)), JsonSerializable(typeof(UserCredentials)), JsonSerializable(typeof(VendorSignIns))]
[JsonSerializable(typeof(IntakeFigures)), JsonSerializable(typeof(IntakeSettings)), JsonSerializable(typeof(DispatchFigures)),
    JsonSerializable(typeof(FollowUpFigures)), JsonSerializable(typeof(OpsView))]
[JsonSerializable(typeof(RegisterInput)), JsonSerializable(typeof(OfferInput)), JsonSerializable(typeof(ReasonInput)),
    JsonSerializable(typeof(CancelInput)), JsonSerializable(typeof(CategoryInput)), JsonSerializable(typeof(ContactInput))]
[JsonSerializable(typeof(AcceptQuoteInput)), JsonSerializable(typeof(QuoteInput)), JsonSerializable(typeof(AppointmentInput)),
    JsonSerializable(typeof(AttemptInput)), JsonSerializable(typeof(Wire.Dispatch.CompleteInput), TypeInfoPropertyName = "CompleteOrder"),
    JsonSerializable(typeof(Wire.FollowUps.CompleteInput), TypeInfoPropertyName = "CompleteFollowUp")]
[JsonSerializable(typeof(VendorInput)), JsonSerializable(typeof(ApproveInput)), JsonSerializable(typeof(SanctionInput)),
    JsonSerializable(typeof(VendorUserInput))]
[JsonSerializable(typeof(Page<StaffView>)), JsonSerializable(typeof(ImportView)), JsonSerializable(typeof(MeView)),
    JsonSerializable(typeof(NewStaffView))]
[JsonSerializable(typeof(Page<SessionView>)), JsonSerializable(typeof(Page<SystemView>)), JsonSerializable(typeof(Page<AuditEntry>))]
[JsonSerializable(typeof(StaffInput)), JsonSerializable(typeof(StaffPatch)), JsonSerializable(typeof(PasswordInput)),
    JsonSerializable(typeof(SystemInput))]
[JsonSerializable(typeof(LiveItem[])), JsonSerializable(typeof(CallDraft)), JsonSerializable(typeof(FollowUpDraft))]
[JsonSerializable(typeof(CorrectInput)), JsonSerializable(typeof(NoteInput)), JsonSerializable(typeof(NoteView)),
    JsonSerializable(typeof(Page<NoteView>)), JsonSerializable(typeof(Page<RelatedRequest>)),
    JsonSerializable(typeof(Page<Colleague>))]
[JsonSerializable(typeof(List<Recent>)), JsonSerializable(typeof(List<SavedFilter>))]
public sealed partial class ApiJson : JsonSerializerContext;
