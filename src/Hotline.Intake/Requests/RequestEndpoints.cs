using System.ComponentModel.DataAnnotations;
using Hotline.Catalogue;
using Hotline.Contracts;
using Hotline.Intake.Calls;
using Hotline.Intake.Notifications;
using Hotline.Wire.Intake;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Requests;

public static class RequestEndpoints
{
    private static readonly Text BadHour = new("hour.invalid", "hour 必须是 0 到 23 的整数", "hour must be a whole number from 0 to 23");

    public static void MapRequests(this IEndpointRouteBuilder routes)
    {
        var requests = routes.MapGroup("/api/intake/requests").WithTags("Requests").RequireAuthorization(Policies.Intake).Commits();
        requests.MapPost("/", Register).WithName("registerRequest").WithSummary("Register a citizen's request").Validates<RegisterInput>()
            .Refuses(StatusCodes.Status404NotFound, Problems.Unknown.Code);
        requests.MapGet("/", List).WithName("listRequests").RequireAuthorization(Policies.Desk)
            .WithSummary("Search requests, newest first; sort=waiting for unfinished ones as they are to be served (urgent first, then "
                + "oldest), count=true for the total; categoryCode takes a group of services as well, hour those of an hour of any day");
        requests.MapGet("/export", List).RequireAuthorization(Policies.Desk).Exports("exportRequests", RequestFile.Columns);
        requests.MapGet("/{id:guid}", Get).WithName("getRequest").WithSummary("A request");
        requests.MapPatch("/{id:guid}", Correct).WithName("correctRequest")
            .WithSummary("Correct the caller's name or phone, or the place; the vendor who has the order is told")
            .Refuses("request.final", "request.erased").Validates<CorrectInput>().RequireAuthorization(Policies.Desk);
        requests.MapGet("/{id:guid}/related", RelatedRequests.List).WithName("listRelatedRequests").RequireAuthorization(Policies.Desk)
            .WithSummary("Requests of the same phone, or for the same service at the same address, of 90 days before and after");
        requests.MapPost("/{id:guid}/cancel", Cancel)
            .WithName("cancelRequest").WithSummary("Cancel a request; cause noVendor leads to a callback")
            .Refuses("request.final").Validates<CancelInput>().RequireAuthorization(Policies.Desk);
        requests.MapPost("/{id:guid}/category", Recategorise)
            .WithName("recategoriseRequest").WithSummary("Name the service of a request registered as other, or correct it")
            .Refuses("request.finished").Validates<CategoryInput>().RequireAuthorization(Policies.Supervision);
    }

    private static async Task<Results<Created<RequestView>, ProblemHttpResult>> Register(
        RegisterInput input, Caller caller, RequestStore requests, CallStore calls, CitizenMasking masking, PersonalData personal,
        PhoneHash hash, IOptions<PhoneNumberOptions> phones, NotificationStore notifications, TimeProvider clock, CancellationToken stop)
    {
        if (input.CallId is { } heard && await calls.Find(heard, stop) is null) return Refusal.Unknown("callId").ToProblem();
        var now = clock.GetUtcNow();
        var citizen = new Citizen(input.Caller!.Name?.Trim() ?? "",
            PhoneNumber.Normalize(input.Caller.Phone, phones.Value.PhoneAreaCode)!, input.Address!.Trim());
        var request = new Request
        {
            Id = Guid.CreateVersion7(now),
            Number = await requests.NextNumber(now.ToLocalDay(), stop),
            Channel = input.Channel ?? "phone",
            DialledNumber = input.DialledNumber!,
            Citizen = personal.Seal(citizen),
            PhoneHash = hash.Of(citizen.Phone),
            AreaCode = input.AreaCode!,
            CategoryCode = input.Category!.Code,
            Description = input.Description!.Trim(),
            Urgency = input.Urgency ?? "normal",
            RegisteredBy = caller.Name,
            RegisteredAt = now,
            Version = 1,
        };
        requests.Add(request, citizen);
        if (input.CallId is { } call) calls.Link(call, request.Id, caller.Name, now);
        var view = masking.Registered(request, citizen, caller);
        if (caller.Role != Roles.Cti)
        {
            notifications.Follow(request.Id, caller);
            view = view with { Followed = true };
        }
        return TypedResults.Created($"/api/intake/requests/{request.Id}", view);
    }

    private static async Task<Results<Ok<Page<RequestView>>, ProblemHttpResult>> List(
        RequestStore requests, RequestWords words, CitizenMasking masking, PhoneHash hash, IOptions<PhoneNumberOptions> phones,
        Export? export, string? phone, string? status, string? q, string? categoryCode, string? areaCode, string? urgency,
        string? from, string? to, string? registeredBy, string? dialledNumber, [Range(0, 23)] int? hour, string? sort, bool? count,
        int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var number = Blank(phone) ? null : PhoneNumber.Normalize(phone, phones.Value.PhoneAreaCode);
        if (!Blank(phone) && number is null) faults.Add("phone", PhoneNumber.Invalid.Say());
        var filter = new RequestFilter(number is null ? null : hash.Of(number), faults.Word<RequestStatus>(status, "status"),
            faults.Words(q, "q") is { } said ? words.Asked(said, phones.Value.PhoneAreaCode) : null,
            Blank(categoryCode) ? null : Services(categoryCode!),
            Blank(areaCode) ? null : areaCode, faults.OneOf(urgency, "urgency", "normal", "urgent"), faults.From(from, "from"),
            faults.To(to, "to"), EnumWords.FromWire<RequestSort>(faults.Word<RequestSort>(sort, "sort")) ?? RequestSort.Newest,
            registeredBy, dialledNumber, hour);
        if (hour is < 0 or > 23) faults.Add("hour", BadHour.Say());
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        return TypedResults.Ok(page.Cut(await requests.List(filter, page, stop), r => r.Id.ToString(), r => masking.Listed(r, export),
            await export.Counted(most => requests.Count(filter, most, stop), count)));
    }

    private static async Task<Results<Ok<RequestView>, ProblemHttpResult>> Get(
        Guid id, Caller caller, RequestStore requests, NotificationStore notifications, CitizenMasking masking, CancellationToken stop)
    {
        if (await requests.Find(id, stop) is not { } request) return Problems.NotFound();
        var view = masking.Of(request, caller, "view");
        return TypedResults.Ok(caller.Role == Roles.Cti ? view
            : view with { Followed = await notifications.Follows(id, caller, stop) });
    }

    private static async Task<Results<Ok<RequestView>, ProblemHttpResult>> Cancel(
        Guid id, CancelInput input, IfMatch ifMatch, Caller caller, RequestStore requests, NotificationStore notifications,
        CitizenMasking masking, TimeProvider clock, CancellationToken stop)
    {
        var (found, followers) = (await requests.Find(id, stop), await notifications.Followers(id, stop));
        var cause = EnumWords.FromWire<CancelCause>(input.Cause) ?? CancelCause.CitizenWithdrew;
        return HttpWork.Change(found, ifMatch, request => request.Cancel(cause, input.Reason!.Trim(), caller.Name, clock.GetUtcNow()),
            (decision, readAt) =>
            {
                requests.Save(decision, readAt);
                foreach (var told in decision.Events.Cast<IAboutRequest>()) notifications.Tell(told, found!, decision.State, followers);
            }, request => masking.Masked(request) with { Followed = followers.Any(f => f.Person == caller.Id) });
    }

    private static async Task<Results<Ok<RequestView>, ProblemHttpResult>> Correct(
        Guid id, Patch<CorrectInput> patch, IfMatch ifMatch, Caller caller, RequestStore requests, CitizenMasking masking,
        PersonalData personal, PhoneHash hash, IOptions<PhoneNumberOptions> phones, TimeProvider clock, CancellationToken stop)
    {
        if (patch.Refuses() is { } refusal) return refusal.ToProblem();
        var (input, found) = (patch.Fields, await requests.Find(id, stop));
        return HttpWork.Change(found, ifMatch, request =>
            request.Correct(request.IsErased ? null : Right(request), input.Reason!.Trim(), caller.Name, clock.GetUtcNow()),
            requests.Save, masking.Masked);

        Correction Right(Request request)
        {
            var before = personal.Open(request.Citizen);
            var after = new Citizen(input.Caller?.Name?.Trim() ?? before.Name,
                PhoneNumber.Normalize(input.Caller?.Phone, phones.Value.PhoneAreaCode) ?? before.Phone,
                input.Address?.Trim() ?? before.Address);
            var area = input.AreaCode ?? request.AreaCode;
            return new(personal.Seal(after), hash.Of(after.Phone), area, Correction.Between(before, after, request.AreaCode, area));
        }
    }

    private static async Task<Results<Ok<RequestView>, ProblemHttpResult>> Recategorise(
        Guid id, CategoryInput input, IfMatch ifMatch, Caller caller, RequestStore requests, NotificationStore notifications,
        CitizenMasking masking, TimeProvider clock, CancellationToken stop)
    {
        var (found, followed) = (await requests.Find(id, stop), await notifications.Follows(id, caller, stop));
        return HttpWork.Change(found, ifMatch, request => request.Recategorise(input.Category!.Code, caller.Name, clock.GetUtcNow()),
            requests.Save, request => masking.Masked(request) with { Followed = followed });
    }

    // of a group all its services
    private static string[] Services(string code) =>
        ServiceCatalogue.Current.Groups.FirstOrDefault(g => g.Code == code) is { } group ? [.. group.Leaves.Select(c => c.Code)]
            : [ServiceCatalogue.Current.Category(code)?.Code ?? code];

    private static bool Blank(string? value) => string.IsNullOrWhiteSpace(value);
}
