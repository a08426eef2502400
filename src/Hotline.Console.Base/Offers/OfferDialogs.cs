using Hotline.Console.Texts;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Hotline.Console.Offers;

public static class OfferDialogs
{
    /// <summary>Lets the operator choose a vendor for a request that waits.</summary>
    /// <returns>The order as in a list; null = the operator went back.</returns>
    public static async Task<OrderView?> Offer(this IDialogService dialogs, IStringLocalizer<Words> words, RequestView request)
    {
        var dialog = await dialogs.ShowAsync<OfferDialog>(words["Order.OfferOf", request.Number],
            new DialogParameters<OfferDialog> { { d => d.Request, request } }, new() { MaxWidth = MaxWidth.Medium, FullWidth = true });
        return (await dialog.Result)?.Data as OrderView;
    }
}
