using Hotline.Console.Api;
using Hotline.Console.Texts;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Hotline.Console.Shared;

/// <summary>Short messages at the edge of the page; the library announces them to screen readers.</summary>
public sealed class Feed(ISnackbar bar, IStringLocalizer<Words> words)
{
    public void Done(string text) => bar.Add(text, Severity.Success);

    /// <summary>Something was done that can be taken back for a while.</summary>
    /// <returns>Closes the message before that, once it can no longer be.</returns>
    public IDisposable Done(string text, string undo, Func<Task> takeBack)
    {
        var message = bar.Add(text, Severity.Normal, options =>
        {
            options.Action = undo;
            options.OnClick = _ => takeBack();
            options.VisibleStateDuration = 15000;
        });
        return new DisposeAction(() => { if (message is not null) bar.Remove(message); });
    }

    /// <summary>What went wrong, with the trace id that the ops team can look for.</summary>
    public void Failed(Problem problem) => bar.Add(
        problem.Trace is { } trace ? $"{problem.Says} ({words["Problem.Trace"]} {trace[..Math.Min(trace.Length, 16)]})"
            : problem.Says, Severity.Error, options => options.VisibleStateDuration = 12000);
}
