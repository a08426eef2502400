using System.Text.Json;
using FluentValidation;
using Hotline.Contracts.Intake;
using Hotline.Intake.Requests;
using Hotline.Wire.Calls;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Calls;

public static class CallEndpoints
{
    private static readonly Text TooMany = new("events.too-many",
        $"一次最多 {CallEventReader.MostEvents} 个事件", $"At most {CallEventReader.MostEvents} events at a time");
    private static readonly Text None = new("events.none", "须为一个事件或事件的数组", "Give an event or an array of events");

    // what one telephone system tells at the same time is mostly about the same calls: one after the other, nothing is read twice
    private static readonly SemaphoreSlim Turn = new(1);

    public static void MapCalls(this IEndpointRouteBuilder routes)
    {
        routes.MapGroup("/api/calls").WithTags("Calls").RequireAuthorization(Policies.Telephony).AddEndpointFilter(OneByOne)
            .CommitsRepeats()
            .MapPost("/events", Take).WithName("tellCallEvents")
            .WithSummary("What a telephone system tells of its calls: one event or up to 100; good ones are taken, others named")
            .Accepts<IReadOnlyList<CallEventInput>>("application/json").Refuses(StatusCodes.Status400BadRequest, None.Code, TooMany.Code);

        var calls = routes.MapGroup("/api/calls").WithTags("Calls").RequireAuthorization(Policies.Desk).Commits();
        calls.MapGet("/", List).WithName("listCalls").WithSummary("Calls, newest first; from and to are when they came in");
        calls.MapGet("/export", List).Exports("exportCalls", CallFile.Columns);
        calls.MapGet("/{id:guid}", Get).WithName("getCall").WithSummary("A call, with the caller's number in full, which is noted");
        calls.MapPost("/{id:guid}/request", Link).WithName("linkCallRequest")
            .WithSummary("A request came of the call, or it was about one").Refuses("call.other-caller").Validates<LinkRequestInput>();
        calls.MapPost("/{id:guid}/dispose", Dispose).WithName("disposeCall").WithSummary("What a call without a request was")
            .Validates<DisposeInput>();
        calls.MapPost("/{id:guid}/close", Close).WithName("closeCall")
            .WithSummary("End a call by hand whose end the telephone system never told; it is not counted as talk")
            .Refuses("call.ended").Validates<CloseCallInput>();
    }

    private static async ValueTask<object?> OneByOne(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        await Turn.WaitAsync(context.HttpContext.RequestAborted);
        try { return await next(context); }
        finally { Turn.Release(); }
    }

    private static async Task<Results<Ok<CallEventsView>, ProblemHttpResult>> Take(
        JsonElement body, Caller caller, CallEventReader reader, CallIngest ingest, IOptions<JsonOptions> json, TimeProvider clock,
        CancellationToken stop)
    {
        JsonElement[] told = body.ValueKind is JsonValueKind.Array ? [.. body.EnumerateArray()] : [body];
        if (told.Length is 0 or > CallEventReader.MostEvents)
            return new Refusal(told.Length == 0 ? None : TooMany, StatusCodes.Status400BadRequest).ToProblem();
        var now = clock.GetUtcNow();
        var read = told.Select((e, i) => reader.Read(i, e, json.Value.SerializerOptions, caller.Pbx, now)).ToArray();
        var good = read.Select(r => r.Event).OfType<CallEvent>().ToArray();
        var accepted = 0;
        foreach (var ofPbx in good.GroupBy(e => e.Pbx)) accepted += (await ingest.Take(ofPbx.Key, [.. ofPbx], stop)).Accepted;
        return TypedResults.Ok(new CallEventsView(accepted, good.Length - accepted,
            [.. read.Where(r => r.Fault is not null).Select(r => new RefusedEvent(r.Index, r.Fault!.Code, r.Fault.Say()))]));
    }

    private static async Task<Results<Ok<Page<CallView>>, ProblemHttpResult>> List(
        CallStore calls, CallViews views, PhoneHash hash, IOptions<PhoneNumberOptions> phones, Caller caller, Export? export, bool? active,
        bool? mine, string? from, string? to, string? phone, string? number, string? outcome, Guid? requestId, bool? count, int? limit,
        string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var normal = string.IsNullOrWhiteSpace(phone) ? null : PhoneNumber.Normalize(phone, phones.Value.PhoneAreaCode);
        if (!string.IsNullOrWhiteSpace(phone) && normal is null) faults.Add("phone", PhoneNumber.Invalid.Say());
        var filter = new CallFilter(active, mine is true ? caller.Id : null, faults.From(from, "from"), faults.To(to, "to"),
            normal is null ? null : hash.Of(normal), number, faults.Word<CallOutcome>(outcome, "outcome"), requestId);
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        var found = await calls.List(filter, page, stop);
        return TypedResults.Ok(page.Cut(found, c => c.Id.ToString(), await views.Masked(found, stop),
            await export.Counted(most => calls.Count(filter, most, stop), count)));
    }

    private static async Task<Results<Ok<CallView>, ProblemHttpResult>> Get(
        Guid id, Caller caller, CallStore calls, CallViews views, CancellationToken stop) =>
        await calls.Find(id, stop) is { } call ? TypedResults.Ok(await views.Full(call, caller, stop)) : Problems.NotFound();

    private static async Task<Results<Ok<CallView>, ProblemHttpResult>> Link(
        Guid id, LinkRequestInput input, IfMatch ifMatch, Caller caller, CallStore calls, CallViews views, RequestStore requests,
        Work work, TimeProvider clock, CancellationToken stop)
    {
        if (await calls.Find(id, stop) is not { } found) return Problems.NotFound();
        if (await requests.Find(input.RequestId!.Value, stop) is not { } request) return Refusal.Unknown("requestId").ToProblem();
        var (now, view) = (clock.GetUtcNow(), await views.Masked([found], stop));
        return HttpWork.Change(found, ifMatch, call => call.Link(request.PhoneHash, input.OtherCaller is true), (linked, readAt) =>
        {
            calls.Save(linked.State, readAt);
            calls.Link(id, request.Id, caller.Name, now);
            work.Tell(new CallsChanged(now));
        }, call => view(call) with { RequestIds = [.. view(call).RequestIds.Append(request.Id).Distinct()] });
    }

    private static async Task<Results<Ok<CallView>, ProblemHttpResult>> Dispose(
        Guid id, DisposeInput input, IfMatch ifMatch, Caller caller, CallStore calls, CallViews views, Work work, TimeProvider clock,
        CancellationToken stop)
    {
        if (await calls.Find(id, stop) is not { } found) return Problems.NotFound();
        var (now, view) = (clock.GetUtcNow(), await views.Masked([found], stop));
        return HttpWork.Change(found, ifMatch,
            call => call.Dispose(EnumWords.FromWire<CallKind>(input.Kind)!.Value, input.Note?.Trim(), caller.Name, now),
            (disposed, readAt) =>
            {
                calls.Save(disposed.State, readAt);
                work.Tell(new CallsChanged(now));
            }, view);
    }

    private static async Task<Results<Ok<CallView>, ProblemHttpResult>> Close(
        Guid id, CloseCallInput input, IfMatch ifMatch, Caller caller, CallStore calls, CallViews views, CallIngest ingest,
        TimeProvider clock, CancellationToken stop)
    {
        if (await calls.Find(id, stop) is not { } found) return Problems.NotFound();
        if (ifMatch.Refuses(found.Version) is { } stale) return stale.ToProblem();
        if (found.RefusesAsEnded is { } ended) return ended.ToProblem();
        return TypedResults.Ok((await views.Masked([found], stop))(await ingest.Close(found, input.Reason!.Trim(), caller.Name, stop)));
    }
}

internal sealed class LinkRequestInputRules : AbstractValidator<LinkRequestInput>
{
    public LinkRequestInputRules() => RuleFor(l => l.RequestId).NotNull();
}

internal sealed class DisposeInputRules : AbstractValidator<DisposeInput>
{
    private static readonly Text Kind = new("call.kind", $"类型须为以下之一：{string.Join(", ", EnumWords.Words<CallKind>())}",
        $"The kind must be one of: {string.Join(", ", EnumWords.Words<CallKind>())}");

    public DisposeInputRules()
    {
        RuleFor(d => d.Kind).Must(k => EnumWords.FromWire<CallKind>(k) is not null).Says(Kind);
        RuleFor(d => d.Note).OptionalWords(500);
    }
}

internal sealed class CloseCallInputRules : AbstractValidator<CloseCallInput>
{
    public CloseCallInputRules() => RuleFor(c => c.Reason).Words(500);
}
