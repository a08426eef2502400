using System.Globalization;
using System.Text.Json;
using Hotline.Console.Api;
using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace Hotline.Console.FollowUps;

/// <summary>The call: what to say and to know, what the citizen answers, and what is done where he could not be asked.</summary>
public sealed partial class FollowUpForm
{
    private const string Other = "other", Usual = "usual", Refused = "refused";
    private static readonly string[] Outcomes = ["noAnswer", "busy", "wrongNumber", Refused];
    private static readonly string[] AfterService = ["resolved", "punctual", "price"], Otherwise = ["resolved"];

    private FollowUpDraft _draft = new();
    private FollowUpDraft? _kept;
    private string _again = Usual;
    private string _day = "", _time = "";
    private string? _focused;
    private bool _busy;
    private Problem? _problem;
    private IDisposable? _keys;

    [Inject] public required ApiClient Api { get; set; }
    [Inject] public required Catalogue Catalogue { get; set; }
    [Inject] public required Clock Clock { get; set; }
    [Inject] public required Feed Feed { get; set; }
    [Inject] public required IDialogService Dialogs { get; set; }
    [Inject] public required IJSRuntime Js { get; set; }
    [Inject] public required Keys Keys { get; set; }
    [Parameter, EditorRequired] public required FollowUpView FollowUp { get; set; }
    [Parameter, EditorRequired] public required FollowUpSettings Settings { get; set; }

    /// <summary>It is out of the operator's hands.</summary>
    [Parameter] public EventCallback Done { get; set; }

    /// <summary>It was tried, and the operator still has it.</summary>
    [Parameter] public EventCallback<Guid> Kept { get; set; }

    /// <summary>It is another's, over, or about something later.</summary>
    [Parameter] public EventCallback Lost { get; set; }

    private bool IsService => FollowUp.Kind is FollowUpKind.Service;

    private string[] Questions => IsService ? AfterService : Otherwise;

    /// <summary>The question that Y and N answer: where the focus is, else the first without an answer.</summary>
    private string? Current => _focused ?? Questions.FirstOrDefault(name => Said(name) is null);

    private bool Ready => _draft.Satisfaction is not null && Questions.All(name => Said(name) is not null)
        && (!_draft.Complains || !string.IsNullOrWhiteSpace(_draft.Complaint));

    private string Opening => T[FollowUp is { Kind: FollowUpKind.Unfulfilled, VendorId: null } ? "Opening.nobody"
        : $"Opening.{FollowUp.Kind.ToWire()}",
        DayOf(FollowUp.CreatedAt.ToLocalDay()), FollowUp.VendorName ?? "", Catalogue.CategoryName(FollowUp.CategoryCode)];

    private TimeSpan Pause => TimeSpan.FromSeconds(Settings.TryAgainAfterSeconds);

    private IEnumerable<CallAgain> Choices => CallAgain.Choices(Pause, Clock.Now);

    /// <summary>The day chosen; as long as none is, the first on which there is still time.</summary>
    private DateOnly Day => LocalTime.ReadDay(_day) ?? CallAgain.Days(Clock.Now).First();

    private string Time => CallAgain.Times(Day, Clock.Now).Contains(_time) ? _time : CallAgain.Times(Day, Clock.Now).First();

    private DateTimeOffset Chosen => _again == Other ? CallAgain.On(Day, Time)
        : Choices.FirstOrDefault(choice => choice.Name == _again)?.At ?? Clock.Now + Pause;

    private string DraftKey => $"hotline.callback.{FollowUp.Id}";

    protected override async Task OnInitializedAsync()
    {
        _draft = _draft with { OrderId = FollowUp.OrderId };
        _keys = Keys.Add([
            new("Ctrl+Enter", "FollowUp.Complete", () => Ready ? Complete() : Task.CompletedTask),
            .. Enumerable.Range(1, 5).Select(value => new Shortcut($"{value}", $"Satisfaction.{value}", () => Rate(value))),
            new("Y", "FollowUp.SayYes", () => Say(true)), new("N", "FollowUp.SayNo", () => Say(false))]);
        if (await Js.InvokeAsync<string?>("hotline.get", DraftKey) is { } json
            && JsonSerializer.Deserialize(json, PagesJson.Default.FollowUpDraft) is { } draft && draft.OrderId == FollowUp.OrderId)
            _draft = draft;
        _kept = _draft with { };
    }

    // every answer is drawn, hence kept: a reload in the middle of a call asks the citizen nothing twice
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_kept is null || _kept == _draft) return;
        _kept = _draft with { };
        await Js.InvokeVoidAsync("hotline.set", DraftKey, JsonSerializer.Serialize(_kept, PagesJson.Default.FollowUpDraft));
    }

    private bool? Said(string question) => question switch
    {
        "resolved" => _draft.Resolved,
        "punctual" => _draft.Punctual,
        _ => _draft.PriceAsQuoted,
    };

    private void Say(string question, bool? said)
    {
        if (question == "resolved") _draft.Resolved = said;
        else if (question == "punctual") _draft.Punctual = said;
        else _draft.PriceAsQuoted = said;
    }

    private Task Rate(int satisfaction)
    {
        _draft.Satisfaction = satisfaction;
        return AskNext();
    }

    private Task Say(bool said)
    {
        if (Current is not { } question) return Task.CompletedTask;
        Say(question, said);
        return AskNext();
    }

    // the next question comes by itself
    private async Task AskNext()
    {
        StateHasChanged();
        if (Questions.FirstOrDefault(name => Said(name) is null) is { } next) await Js.InvokeVoidAsync("hotline.focus", $"{next}-yes");
    }

    private string DayOf(DateOnly day) => (day.DayNumber - Clock.Today.DayNumber) switch
    {
        0 => T["Day.today"],
        1 => T["Day.tomorrow"],
        -1 => T["Day.yesterday"],
        _ => day.ToString(T["Day.format"], CultureInfo.InvariantCulture),
    };

    private string LabelOf(CallAgain choice) => choice.Name switch
    {
        Usual when Pause == TimeSpan.Zero => T["Again.atOnce"],
        Usual when Pause < TimeSpan.FromHours(2) => T["Again.minutes", (int)Pause.TotalMinutes],
        Usual => T["Again.hours", (int)Pause.TotalHours],
        "half" => T["Again.minutes", 30],
        "two" => T["Again.hours", 2],
        "morning" when choice.At.ToLocalDay() == Clock.Today => T["Again.thisMorning"],
        _ => T[$"Again.{choice.Name}"],
    };

    private async Task Attempt(string outcome)
    {
        var (number, usual) = (FollowUp.Attempts + 1, _again == Usual);
        if (outcome == Refused || usual && number >= Settings.MaxAttempts)
        {
            var consequence = outcome == Refused ? T["FollowUp.EndRefused"] : T["FollowUp.EndLast", number, Settings.MaxAttempts];
            if (!await Dialogs.Sure(T["FollowUp.End"], consequence, T["FollowUp.EndDo"])) return;
        }
        await Act("attempts", new AttemptInput(outcome, usual || outcome == Refused ? null : new(Chosen)),
            tried => tried.Status switch
            {
                FollowUpStatus.Unreachable => T["FollowUp.Unreachable"],
                FollowUpStatus.Claimed => T["FollowUp.AttemptKept", number, Settings.MaxAttempts],
                _ => T["FollowUp.AttemptNoted", number, Settings.MaxAttempts, Format.TimeSeen(tried.DueAt, Clock.Today)],
            });
    }

    private Task Later() => _again == Usual && Pause == TimeSpan.Zero ? Release() : Act("release", new ReleaseInput(new(Chosen)),
        postponed => T["FollowUp.Postponed", Format.TimeSeen(postponed.DueAt, Clock.Today)]);

    private Task Release() => Act("release", null, _ => T["FollowUp.Released"]);

    private Task Complete() => Act("complete", new Wire.FollowUps.CompleteInput(_draft.Satisfaction, _draft.Resolved,
        IsService ? _draft.Punctual : null, IsService ? _draft.PriceAsQuoted : null,
        string.IsNullOrWhiteSpace(_draft.Comment) ? null : _draft.Comment, _draft.Complains ? new(_draft.Complaint) : null),
        _ => T["FollowUp.Completed"]);

    private async Task Act(string action, object? body, Func<FollowUpView, string> done)
    {
        if (_busy) return;
        _busy = true;
        var answer = await Api.Post<FollowUpView>($"/api/follow-ups/{FollowUp.Id}/{action}", body);
        (_busy, _problem) = (false, answer.Problem);
        StateHasChanged();
        if (answer.Problem is { Code: "follow-up.not-claimed" or "follow-up.claimed" or "follow-up.closed" } lost)
        {
            Feed.Failed(lost);
            await Lost.InvokeAsync();
        }
        if (answer.Value is not { } changed) return;
        Feed.Done($"{FollowUp.RequestNumber} {done(changed)}");
        if (changed.Status is FollowUpStatus.Claimed)
        {
            await Kept.InvokeAsync(FollowUp.Id);
            return;
        }
        await Js.InvokeVoidAsync("hotline.set", DraftKey, null);
        await Done.InvokeAsync();
    }

    public void Dispose() => _keys?.Dispose();
}
