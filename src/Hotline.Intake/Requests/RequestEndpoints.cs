using Hotline.Catalogue;
using Hotline.Wire.Intake;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Requests;

/// <summary>What is shown of requests.</summary>
public static class RequestViews
{
    extension(RequestView)
    {
        /// <param name="r">The request.</param>
        /// <param name="citizen">In full or masked.</param>
        public static RequestView Of(Request r, Citizen citizen) => new(
            r.Id, r.Number, r.Status, r.Channel, r.DialledNumber, new(citizen.Name, citizen.Phone), r.AreaCode,
            ServiceCatalogue.Current.Area(r.AreaCode)?.Name ?? r.AreaCode,
            citizen.Address, r.CategoryCode, CategoryNameOf(r.CategoryCode), r.Description, r.Urgency, r.RegisteredBy,
            r.RegisteredAt, r.OrderId, r.OrderStatus, r.CancelReason, r.CancelledAt, r.Version);

        internal static string CategoryNameOf(string code) =>
            ServiceCatalogue.Current.Category(code) is { } category ? Text.English ? category.NameEn : category.Name : code;
    }
}

public static class RequestEndpoints
{
    public static void MapRequests(this IEndpointRouteBuilder routes)
    {
        var requests = routes.MapGroup("/api/intake/requests").WithTags("Requests").RequireAuthorization(Policies.Intake).Commits();
        requests.MapPost("/", Register).WithName("registerRequest").WithSummary("Register a citizen's request").Validates<RegisterInput>();
        requests.MapGet("/", List).WithName("listRequests").WithSummary("Search requests, newest first")
            .RequireAuthorization(Policies.Desk);
        requests.MapGet("/{id:guid}", Get).WithName("getRequest").WithSummary("A request");
        requests.MapPost("/{id:guid}/cancel", Cancel)
            .WithName("cancelRequest").WithSummary("Cancel a request; cause noVendor leads to a callback")
            .Refuses("request.final").Validates<CancelInput>().RequireAuthorization(Policies.Desk);
        requests.MapPost("/{id:guid}/category", Recategorise)
            .WithName("recategoriseRequest").WithSummary("Name the service of a request registered as other, or correct it")
            .Refuses("request.finished").Validates<CategoryInput>().RequireAuthorization(Policies.Supervision);
    }

    private static async Task<Created<RequestView>> Register(
        RegisterInput input, Caller caller, RequestStore requests, PersonalData personal, PhoneHash hash,
        IOptions<PhoneNumberOptions> phones, TimeProvider clock, CancellationToken stop)
    {
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
        // the desk was just told: no look to be noted; the telephone system gets what it may read again
        var shown = caller.Role == Roles.Cti ? citizen.Masked() : citizen;
        return TypedResults.Created($"/api/intake/requests/{request.Id}", RequestView.Of(request, shown));
    }

    private static async Task<Results<Ok<Page<RequestView>>, ProblemHttpResult>> List(
        RequestStore requests, RequestWords words, PersonalData personal, PhoneHash hash, IOptions<PhoneNumberOptions> phones,
        string? phone, string? status, string? q, string? categoryCode, string? areaCode,
        string? from, string? to, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var number = Blank(phone) ? null : PhoneNumber.Normalize(phone, phones.Value.PhoneAreaCode);
        if (!Blank(phone) && number is null) faults.Add("phone", PhoneNumber.Invalid.Say());
        var filter = new RequestFilter(number is null ? null : hash.Of(number), faults.Word<RequestStatus>(status, "status"),
            faults.Words(q, "q") is { } said ? words.Asked(said, phones.Value.PhoneAreaCode) : null,
            Blank(categoryCode) ? null : ServiceCatalogue.Current.Category(categoryCode)?.Code ?? categoryCode,
            Blank(areaCode) ? null : areaCode, faults.From(from, "from"), faults.To(to, "to"));
        return PageRequest.Read(limit, cursor, faults) is { } page
            ? TypedResults.Ok(page.Cut(await requests.List(filter, page, stop), r => r.Id.ToString(),
                r => RequestView.Of(r, personal.Open(r.Citizen).Masked())))
            : faults.ToProblem();
    }

    private static async Task<Results<Ok<RequestView>, ProblemHttpResult>> Get(
        Guid id, Caller caller, RequestStore requests, PersonalData personal, Work work, TimeProvider clock, CancellationToken stop)
    {
        if (await requests.Find(id, stop) is not { } request) return Problems.NotFound();
        // the telephone system sees that it is there; who the citizen is concerns the desk
        if (caller.Role == Roles.Cti) return TypedResults.Ok(RequestView.Of(request, personal.Open(request.Citizen).Masked()));
        work.Saw(caller, request.Id, "view", clock.GetUtcNow());
        return TypedResults.Ok(RequestView.Of(request, personal.Open(request.Citizen)));
    }

    private static async Task<Results<Ok<RequestView>, ProblemHttpResult>> Cancel(
        Guid id, CancelInput input, IfMatch ifMatch, Caller caller, RequestStore requests,
        PersonalData personal, TimeProvider clock, CancellationToken stop)
    {
        var cause = EnumWords.FromWire<CancelCause>(input.Cause) ?? CancelCause.CitizenWithdrew;
        return HttpWork.Change(await requests.Find(id, stop), ifMatch,
            request => request.Cancel(cause, input.Reason!.Trim(), caller.Name, clock.GetUtcNow()), requests.Save,
            cancelled => RequestView.Of(cancelled, personal.Open(cancelled.Citizen).Masked()));
    }

    private static async Task<Results<Ok<RequestView>, ProblemHttpResult>> Recategorise(
        Guid id, CategoryInput input, IfMatch ifMatch, Caller caller, RequestStore requests,
        PersonalData personal, TimeProvider clock, CancellationToken stop) =>
        HttpWork.Change(await requests.Find(id, stop), ifMatch,
            request => request.Recategorise(input.Category!.Code, caller.Name, clock.GetUtcNow()), requests.Save,
            changed => RequestView.Of(changed, personal.Open(changed.Citizen).Masked()));

    private static bool Blank(string? value) => string.IsNullOrWhiteSpace(value);
}
