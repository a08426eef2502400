using System.Text.Json;
using Hotline.Console.Api;
using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Hotline.Console.Staffing;

/// <summary>How many seats an expected day needs, and what one team for all numbers gains.</summary>
public sealed partial class StaffingPage
{
    private const string DraftKey = "hotline.staffing";

    private StaffingDraft _draft = new();
    private IReadOnlyList<string>? _numbers;
    private StaffingView? _plan;
    private Problem? _problem;
    private string? _kept;
    private string _pasted = "", _pastedRows = "";
    private bool _busy;

    [Inject] public required ApiClient Api { get; set; }
    [Inject] public required Clock Clock { get; set; }

    /// <summary>Faults that stand at a cell of the table.</summary>
    private string[] Said => [.. _problem?.Errors?.Keys.Where(k => k.Contains("intervals[", StringComparison.Ordinal)) ?? []];

    protected override async Task OnInitializedAsync()
    {
        if (await Js.InvokeAsync<string?>("hotline.get", DraftKey) is { } json
            && JsonSerializer.Deserialize(json, PagesJson.Default.StaffingDraft) is { } draft)
            _draft = draft;
        _kept = Json();
        await Begin();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_kept is null || _kept == Json()) return;
        _kept = Json();
        await Js.InvokeVoidAsync("hotline.set", DraftKey, _kept);
    }

    private async Task Begin()
    {
        var answer = await Api.Get<IntakeSettings>("/api/intake/settings");
        (_numbers, _problem) = (answer.Value?.DialledNumbers.ToArray(), answer.Problem);
    }

    private async Task Reckon()
    {
        if (_busy || _numbers is null) return;
        _busy = true;
        var answer = await Api.Post<StaffingView>("/api/calls/staffing", _draft.Input(_numbers, Clock.Today));
        (_busy, _problem, _plan) = (false, answer.Problem, answer.Value);
    }

    private void Example() => (_draft, _plan, _problem) = (StaffingDraft.Example(_numbers ?? []), null, null);

    private static void Move(StaffingDraft.StaffingDraftRow row, ChangeEventArgs typed) => row.From = typed.Value?.ToString() ?? "";

    // what is typed is kept: the page is drawn once more
    private void Typed() => _draft.IsExample = false;

    private void Clear() => (_draft, _plan, _problem) = (new(), null, null);

    private void Paste(string? text)
    {
        _pasted = text ?? "";
        if (StaffingDraft.Pasted(_pasted, _numbers!) is not { Count: > 0 } rows) return;
        (_draft.Rows, _draft.IsExample, _pasted, _pastedRows) = (rows, false, "", T["Staffing.Pasted", rows.Count]);
    }

    private string? Wrong(int number, int row, string field) => _problem?.Of(_numbers is { Count: 1 } ? $"intervals[{row}].{field}"
        : $"groups[{number}].intervals[{row}].{field}");

    private string Json() => JsonSerializer.Serialize(_draft, PagesJson.Default.StaffingDraft);

    private async Task Print() => await Js.InvokeVoidAsync("print");
}
