using FluentValidation;
using Hotline.Wire.Calls;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hotline.Intake.Calls.Blocked;

/// <summary>Numbers that harass (骚扰电话): the telephone system rejects them, supervisors decide, and who did so is kept.</summary>
public static class BlockedEndpoints
{
    private static readonly Text Already = new("blocked.already", "该号码已在黑名单中", "The number is blocked already");

    public static void MapBlocked(this IEndpointRouteBuilder routes)
    {
        var blocked = routes.MapGroup("/api/calls/blocked").WithTags("Calls").RequireAuthorization(Policies.Supervision).Commits();
        blocked.MapGet("/", List).WithName("listBlockedNumbers").WithSummary("Numbers that are not put through, newest first");
        blocked.MapGet("/{id:guid}", Get).WithName("getBlockedNumber").WithSummary("A number that is not put through");
        blocked.MapPost("/", Block).WithName("blockNumber").WithSummary("Put calls of a number through no more")
            .RefusesOn("blocked_numbers_phone", new(Already)).Validates<BlockInput>();
        blocked.MapDelete("/{id:guid}", Lift).WithName("unblockNumber").WithSummary("Put calls of a number through again");
    }

    private static async Task<Results<Ok<Page<BlockedNumberView>>, ProblemHttpResult>> List(
        BlockedStore blocked, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        return TypedResults.Ok(page.Cut(await blocked.List(page, stop), b => b.Id.ToString(), blocked.View));
    }

    private static async Task<Results<Ok<BlockedNumberView>, ProblemHttpResult>> Get(
        Guid id, BlockedStore blocked, CancellationToken stop) =>
        await blocked.Find(id, stop) is { } found ? TypedResults.Ok(blocked.View(found)) : Problems.NotFound();

    private static Created<BlockedNumberView> Block(
        BlockInput input, Caller caller, BlockedStore blocked, PhoneHash hash, PersonalData personal,
        IOptions<PhoneNumberOptions> phones, TimeProvider clock)
    {
        var (now, number) = (clock.GetUtcNow(), PhoneNumber.Normalize(input.Phone, phones.Value.PhoneAreaCode)!);
        var made = new BlockedNumber
        {
            Id = Guid.CreateVersion7(now),
            Number = personal.SealAnswer(number),
            PhoneHash = hash.Of(number),
            Reason = input.Reason!.Trim(),
            Until = input.Until,
            BlockedBy = caller.Name,
            BlockedAt = now,
        };
        blocked.Add(made);
        return TypedResults.Created($"/api/calls/blocked/{made.Id}", blocked.View(made));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Lift(
        Guid id, Caller caller, BlockedStore blocked, TimeProvider clock, CancellationToken stop)
    {
        if (await blocked.Find(id, stop) is null) return Problems.NotFound();
        blocked.Lift(id, caller.Name, clock.GetUtcNow());
        return TypedResults.NoContent();
    }
}

/// <summary>A number that is not put through.</summary>
public sealed record BlockedNumber
{
    public required Guid Id { get; init; }

    /// <summary>Sealed.</summary>
    public required string Number { get; init; }
    public required byte[] PhoneHash { get; init; }
    public required string Reason { get; init; }
    public DateTimeOffset? Until { get; init; }
    public required string BlockedBy { get; init; }
    public required DateTimeOffset BlockedAt { get; init; }
}

public sealed class BlockedStore(NpgsqlDataSource database, Work work, PersonalData personal)
{
    private const string Select = "select id, number, phone_hash, reason, until, blocked_by, blocked_at from blocked_numbers";

    public Task<IReadOnlyList<BlockedNumber>> List(PageRequest page, CancellationToken stop) => database.Many<BlockedNumber>($"""
        {Select} where lifted_at is null {(page.AfterId is null ? "" : "and id < @after")} order by id desc limit @take
        """, new { after = page.AfterId, take = page.Limit + 1 }, stop);

    public Task<BlockedNumber?> Find(Guid id, CancellationToken stop) =>
        database.One<BlockedNumber>($"{Select} where id = @id and lifted_at is null", new { id }, stop);

    /// <summary>Of these callers, those that are not put through now.</summary>
    public Task<IReadOnlyList<byte[]>> Among(byte[][] phones, DateTimeOffset now, CancellationToken stop) => database.Many<byte[]>(
        "select phone_hash from blocked_numbers where phone_hash = any(@phones) and lifted_at is null and (until is null or until > @now)",
        new { phones, now }, stop);

    public void Add(BlockedNumber b)
    {
        // one whose time is over makes room
        work.Write("""
            update blocked_numbers set lifted_at = until, lifted_by = 'system'
            where phone_hash = @PhoneHash and lifted_at is null and until <= @BlockedAt
            """, new { b.PhoneHash, b.BlockedAt });
        work.Write("""
            insert into blocked_numbers (id, number, phone_hash, reason, until, blocked_by, blocked_at)
            values (@Id, @Number, @PhoneHash, @Reason, @Until, @BlockedBy, @BlockedAt)
            """, new { b.Id, b.Number, b.PhoneHash, b.Reason, b.Until, b.BlockedBy, b.BlockedAt });
    }

    public void Lift(Guid id, string by, DateTimeOffset now) => work.Write(
        "update blocked_numbers set lifted_at = @now, lifted_by = @by where id = @id and lifted_at is null", new { id, by, now });

    public BlockedNumberView View(BlockedNumber b) =>
        new(b.Id, personal.OpenAnswer(b.Number), b.Reason, b.Until, b.BlockedBy, b.BlockedAt);
}

internal sealed class BlockInputRules : AbstractValidator<BlockInput>
{
    private static readonly Text Past = new("blocked.past", "截止时间须晚于现在", "The time must be in the future");

    public BlockInputRules(IOptions<PhoneNumberOptions> phones, TimeProvider clock)
    {
        RuleFor(b => b.Phone).Must(p => PhoneNumber.Normalize(p, phones.Value.PhoneAreaCode) is { } normal
            && normal != PhoneNumber.Withheld)
            .Says(PhoneNumber.Invalid);
        RuleFor(b => b.Reason).Words(500);
        RuleFor(b => b.Until).Must(u => u > clock.GetUtcNow()).Says(Past).When(b => b.Until is not null);
    }
}
