using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using FluentValidation;
using Hotline.Wire.Calls;

namespace Hotline.Intake.Calls.Commands;

/// <summary>What the platform asks of telephone systems, and what they answer.</summary>
public static class CommandEndpoints
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250), Beat = TimeSpan.FromSeconds(5);
    private static readonly Text NoPbx = new("pbx.missing", "请注明是哪个电话系统（pbx）", "Say which telephone system this is: pbx");

    // what any telephone system can do that says nothing else
    private static readonly string[] Usual = ["dial", "hangup", "pause", "unpause", "listen", "whisper", "join", "reject"],
        Kinds = [.. Usual, "hold", "resume"];

    public static void MapCommands(this IEndpointRouteBuilder routes)
    {
        var commands = routes.MapGroup("/api/calls/commands").WithTags("Calls").RequireAuthorization(Policies.Telephony);
        commands.MapGet("/", Listen).WithName("hearCommands").Produces<string>(contentType: "text/event-stream")
            .WithSummary("What the platform asks of the telephone system, as Server-Sent Events; Last-Event-ID goes on after a break");
        var answers = routes.MapGroup("/api/calls/commands").WithTags("Calls").RequireAuthorization(Policies.Telephony).CommitsRepeats();
        answers.MapPost("/{id:guid}/done", Done).WithName("answerCommand").WithSummary("What came of what was asked")
            .Validates<CommandDoneInput>();
    }

    private static Results<ServerSentEventsResult<PbxCommandView>, ProblemHttpResult> Listen(
        HttpContext http, Caller caller, IServiceScopeFactory scopes, Revocations revocations, IHostApplicationLifetime lifetime,
        TimeProvider clock, [Microsoft.AspNetCore.Mvc.FromHeader(Name = "Last-Event-ID")] string? lastSeen, string? pbx, string? can,
        CancellationToken stop)
    {
        var faults = new Faults();
        var name = caller.Pbx ?? pbx;
        if (!CallEventReader.IsName(name, 50) || caller.Pbx is not null && pbx is not null && pbx != caller.Pbx)
            faults.Add("pbx", NoPbx.Say());
        string[] able = can is null ? Usual : can.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var kind in able) faults.OneOf(kind, "can", Kinds);
        if (faults.Any) return faults.ToProblem();
        http.Response.Headers["X-Accel-Buffering"] = "no";
        // an open stream must not hold up a shutdown, and ends with whoever listens
        var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(either);
        http.Response.RegisterForDispose(revocations.EndWith(http.User, either));
        return TypedResults.ServerSentEvents(Asked(name!, able, Guid.TryParse(lastSeen, out var last) ? last : Guid.Empty, scopes, clock,
            either.Token));
    }

    private static async IAsyncEnumerable<SseItem<PbxCommandView>> Asked(
        string pbx, string[] can, Guid last, IServiceScopeFactory scopes, TimeProvider clock,
        [EnumeratorCancellation] CancellationToken stop)
    {
        Activity.Current = null; // what looks again and again belongs to no request's trace
        await using var scope = scopes.CreateAsyncScope();
        var commands = scope.ServiceProvider.GetRequiredService<CommandStore>();
        var seen = DateTimeOffset.MinValue;
        while (!stop.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            if (now - seen >= Beat)
            {
                await commands.Seen(pbx, can, stop);
                seen = now;
                yield return new(new("", "alive", now, null, null, null, null, null, null));
            }
            foreach (var command in await commands.Pending(pbx, last, stop))
            {
                last = command.Id;
                yield return new(commands.View(command)) { EventId = command.Id.ToString() };
            }
            try { await Task.Delay(Pause, clock, stop); }
            catch (OperationCanceledException) { yield break; }
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Done(
        Guid id, CommandDoneInput input, Caller caller, string? pbx, CommandStore commands, CallIngest ingest, TimeProvider clock,
        CancellationToken stop)
    {
        if ((caller.Pbx ?? pbx) is not { } name || await commands.Find(name, id, stop) is not { } command) return Problems.NotFound();
        if (command.DoneAt is null) await Finish(command, input.Ok is true, input.Cause, commands, ingest, clock.GetUtcNow(), stop);
        return TypedResults.NoContent();
    }

    /// <summary>Notes what came of a command; of a call that could not be dialled no event will tell the end.</summary>
    internal static async Task Finish(
        PbxCommand command, bool ok, string? cause, CommandStore commands, CallIngest ingest, DateTimeOffset now, CancellationToken stop)
    {
        commands.Done(command, ok, cause, now);
        if (ok || command is not { Kind: "dial", LinkedId: { } call }) return;
        await ingest.Take(command.Pbx, [new(command.Pbx, $"undialled-{command.Id:N}", call, null, CallEventType.Ended, now,
            CallDirection.Out, null, null, null, null, cause is "noAnswer" or "busy" ? cause : "failed", null)], stop);
    }
}

/// <summary>Gives up what no telephone system answered.</summary>
public sealed class CommandClock(IServiceScopeFactory scopes, TimeProvider clock, ILogger<CommandClock> log)
    : Clock<PbxCommand>(scopes, TimeSpan.FromSeconds(10), AtOnce, log)
{
    private const int AtOnce = 100;

    protected override Task<IReadOnlyList<PbxCommand>> Look(IServiceProvider services, CancellationToken stop) =>
        services.GetRequiredService<CommandStore>().Forgotten(AtOnce, stop);

    protected override async Task Act(IServiceProvider services, IReadOnlyList<PbxCommand> found, CancellationToken stop)
    {
        var (commands, ingest, work) = (services.GetRequiredService<CommandStore>(), services.GetRequiredService<CallIngest>(),
            services.GetRequiredService<Work>());
        foreach (var command in found)
        {
            await CommandEndpoints.Finish(command, false, "command.expired", commands, ingest, clock.GetUtcNow(), stop);
            try { await work.Commit(stop); }
            catch (StaleException) { await work.Clear(); } // told at this very moment
        }
    }
}

internal sealed class CommandDoneInputRules : AbstractValidator<CommandDoneInput>
{
    public CommandDoneInputRules()
    {
        RuleFor(d => d.Ok).NotNull();
        RuleFor(d => d.Cause).OptionalLine(100);
    }
}
