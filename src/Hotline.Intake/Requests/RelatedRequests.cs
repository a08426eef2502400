using Hotline.Catalogue;
using Hotline.Wire.Intake;

namespace Hotline.Intake.Requests;

/// <summary>What the same citizen asked for, or what was asked for at the same place, not long before or since.</summary>
public static class RelatedRequests
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(90);

    public static async Task<Results<Ok<Page<RelatedRequest>>, ProblemHttpResult>> List(
        Guid id, RequestStore requests, RequestWords words, PersonalData personal, CitizenMasking masking, CancellationToken stop)
    {
        if (await requests.Find(id, stop) is not { } request) return Problems.NotFound();
        if (request.IsErased) return TypedResults.Ok(new Page<RelatedRequest>([], null));
        var citizen = personal.Open(request.Citizen);
        // who calls without a number is not the same person
        var phone = citizen.Phone == PhoneNumber.Withheld ? null : request.PhoneHash;
        var near = await requests.Near(request, phone, words.OfPlace(request.AreaCode, citizen.Address), request.RegisteredAt - Span, stop);
        return TypedResults.Ok(new Page<RelatedRequest>([.. near
            .Where(r => r.RegisteredAt <= request.RegisteredAt + Span)
            .Select(r => new RelatedRequest(masking.Masked(r), phone is not null && r.PhoneHash?.SequenceEqual(phone) == true,
                IsSamePlace(r, request, personal.Open(r.Citizen), citizen)))
            .Where(r => r.SamePhone || r.SamePlace)], null));
    }

    // the words of a place may be in a longer one's as well
    private static bool IsSamePlace(Request one, Request other, Citizen citizen, Citizen neighbour) =>
        one.CategoryCode == other.CategoryCode && one.AreaCode == other.AreaCode
        && ChineseWriting.Letters(citizen.Address) == ChineseWriting.Letters(neighbour.Address);
}
