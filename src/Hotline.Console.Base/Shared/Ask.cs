using MudBlazor;

namespace Hotline.Console.Shared;

/// <summary>Questions to the person, as dialogs.</summary>
public static class Ask
{
    /// <summary>Whether the person is sure of what cannot be undone.</summary>
    public static async Task<bool> Sure(this IDialogService dialogs, string title, string consequence, string action)
    {
        var dialog = await dialogs.ShowAsync<AskSure>(title, new DialogParameters<AskSure>
        {
            { d => d.Title, title },
            { d => d.Consequence, consequence },
            { d => d.Action, action },
        });
        return await dialog.Result is { Canceled: false };
    }

    /// <summary>The reason given, or null where the person went back.</summary>
    /// <param name="snippets">Reasons that are often given.</param>
    public static async Task<string?> Reason(
        this IDialogService dialogs, string title, string consequence, string action, params string[] snippets)
    {
        var dialog = await dialogs.ShowAsync<AskReason>(title, new DialogParameters<AskReason>
        {
            { d => d.Title, title },
            { d => d.Consequence, consequence },
            { d => d.Action, action },
            { d => d.Snippets, snippets },
        });
        return await dialog.Result is { Canceled: false, Data: string reason } ? reason : null;
    }
}
