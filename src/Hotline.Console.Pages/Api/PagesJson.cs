using System.Text.Json;
using System.Text.Json.Serialization;
using Hotline.Console.FollowUps;
using Hotline.Console.Overview;
using Hotline.Console.Requests;
using Hotline.Console.Staffing;

namespace Hotline.Console.Api;

/// <summary>Descriptions of the types that only the pages need which are fetched after the first: of the API, and of what they keep in the
/// browser.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TimelineView)), JsonSerializable(typeof(Page<Access>))]
[JsonSerializable(typeof(VendorOrderView)), JsonSerializable(typeof(Page<VendorOrderView>)), JsonSerializable(typeof(OwnVendorView)),
    JsonSerializable(typeof(Page<FeedbackView>))]
[JsonSerializable(typeof(CallView)), JsonSerializable(typeof(Page<CallView>)), JsonSerializable(typeof(Page<MissedCallView>)),
    JsonSerializable(typeof(DisposeInput)), JsonSerializable(typeof(LinkRequestInput)), JsonSerializable(typeof(CloseCallInput)),
    JsonSerializable(typeof(MissedCallView)), JsonSerializable(typeof(MissedDoneInput)), JsonSerializable(typeof(CallQueueView)),
    JsonSerializable(typeof(Page<SeatView>)), JsonSerializable(typeof(SeatView)), JsonSerializable(typeof(SeatStateInput))]
[JsonSerializable(typeof(FollowUpView)), JsonSerializable(typeof(Page<FollowUpView>))]
[JsonSerializable(typeof(VendorView)), JsonSerializable(typeof(Page<VendorView>)), JsonSerializable(typeof(VendorImportView)),
    JsonSerializable(typeof(Page<TimelineItem>))]
[JsonSerializable(typeof(Page<ScoreSummary>)), JsonSerializable(typeof(Scorecard)), JsonSerializable(typeof(SanctionView)),
    JsonSerializable(typeof(Page<SanctionView>)), JsonSerializable(typeof(Page<ScorePoint>)), JsonSerializable(typeof(Page<OpinionView>))]
[JsonSerializable(typeof(ClientCredentials)), JsonSerializable(typeof(UserCredentials)), JsonSerializable(typeof(VendorSignIns))]
[JsonSerializable(typeof(IntakeFigures)), JsonSerializable(typeof(FigureTable<IntakeFigureRow>)),
    JsonSerializable(typeof(FigureTable<DispatchFigureRow>)), JsonSerializable(typeof(FigureTable<FollowUpFigureRow>)),
    JsonSerializable(typeof(ChartSpec)), JsonSerializable(typeof(OpsView)), JsonSerializable(typeof(FollowUpSettings))]
[JsonSerializable(typeof(TrendView)), JsonSerializable(typeof(Page<FailedMessage>)), JsonSerializable(typeof(Page<RedriveView>)),
    JsonSerializable(typeof(RedriveView)), JsonSerializable(typeof(RedriveInput)), JsonSerializable(typeof(ReconciliationView)),
    JsonSerializable(typeof(ReconciliationsView))]
[JsonSerializable(typeof(StaffingInput)), JsonSerializable(typeof(StaffingView)), JsonSerializable(typeof(StaffingDraft))]
[JsonSerializable(typeof(ReasonInput)), JsonSerializable(typeof(CancelInput)), JsonSerializable(typeof(CategoryInput)),
    JsonSerializable(typeof(ContactInput))]
[JsonSerializable(typeof(AcceptQuoteInput)), JsonSerializable(typeof(QuoteInput)), JsonSerializable(typeof(AppointmentInput)),
    JsonSerializable(typeof(AttemptInput)), JsonSerializable(typeof(ReleaseInput)),
    JsonSerializable(typeof(Wire.Dispatch.CompleteInput), TypeInfoPropertyName = "CompleteOrder"),
    JsonSerializable(typeof(Wire.FollowUps.CompleteInput), TypeInfoPropertyName = "CompleteFollowUp")]
[JsonSerializable(typeof(VendorInput)), JsonSerializable(typeof(ApproveInput)), JsonSerializable(typeof(SanctionInput)),
    JsonSerializable(typeof(ContractInput)),
    JsonSerializable(typeof(VendorUserInput))]
[JsonSerializable(typeof(Page<StaffView>)), JsonSerializable(typeof(ImportView)), JsonSerializable(typeof(MeView)),
    JsonSerializable(typeof(NewStaffView))]
[JsonSerializable(typeof(Page<SessionView>)), JsonSerializable(typeof(Page<SystemView>)), JsonSerializable(typeof(Page<AuditEntry>))]
[JsonSerializable(typeof(StaffInput)), JsonSerializable(typeof(StaffPatch)), JsonSerializable(typeof(PasswordInput)),
    JsonSerializable(typeof(SystemInput))]
[JsonSerializable(typeof(CorrectInput)), JsonSerializable(typeof(NoteInput)), JsonSerializable(typeof(NoteView)),
    JsonSerializable(typeof(Page<NoteView>)), JsonSerializable(typeof(Page<RelatedRequest>)), JsonSerializable(typeof(Page<Colleague>)),
    JsonSerializable(typeof(List<SavedFilter>)), JsonSerializable(typeof(FollowUpDraft))]
public sealed partial class PagesJson : JsonSerializerContext;
