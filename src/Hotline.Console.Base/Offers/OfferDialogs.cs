using Hotline.Console.Texts;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Hotline.Console.Offers;

public static class OfferDialogs
{
    /// <summary>Lets the operator choose another vendor for a request.</summary>
    public static async Task Offer(
        this IDialogService dialogs, IStringLocalizer<Words> words, Guid request, string number, string category, string area)
    {
        var dialog = await dialogs.ShowAsync<OfferDialog>(words["Order.OfferOf", number], new DialogParameters<OfferDialog>
        {
            { d => d.RequestId, request },
            { d => d.Number, number },
            { d => d.CategoryCode, category },
            { d => d.AreaCode, area },
        }, new() { MaxWidth = MaxWidth.Medium, FullWidth = true });
        await dialog.Result;
    }
}
