using Hotline.Wire.Calls;

namespace Hotline.Intake.Calls;

/// <summary>A seat's part of a call.</summary>
/// <param name="Held">The caller waits on its line.</param>
/// <param name="Counted">Whether what was spoken counts as talk: not where nobody saw its end.</param>
/// <param name="NoAnswer">It rang in vain; not so where another seat was faster, or the caller hung up.</param>
public sealed record CallLeg(
    string Seat, DateTimeOffset? OfferedAt, DateTimeOffset? AnsweredAt = null, DateTimeOffset? EndedAt = null, bool Held = false,
    bool Counted = true, bool NoAnswer = false)
{
    public bool Rings => AnsweredAt is null && EndedAt is null;

    public bool Talks => AnsweredAt is not null && EndedAt is null;

    /// <summary>Time on hold included.</summary>
    public TimeSpan Talk => Counted && AnsweredAt is { } from && EndedAt is { } to ? to - from : TimeSpan.Zero;
}

/// <summary>What the events of a call say together, in the order of their times and whatever the order in which they came.</summary>
public sealed record CallStory
{
    private static readonly string[] Busy = ["busy"], Failed = ["congestion", "notFound", "failed", "rejected"];

    private readonly List<CallLeg> _legs = [];
    private DateTimeOffset? _lostAt;

    public DateTimeOffset RangAt { get; private set; }

    public DateTimeOffset? QueuedAt { get; private set; }

    /// <summary>When the first person did.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public CallDirection Direction { get; private set; }

    /// <summary>Sealed.</summary>
    public string? Numbers { get; private set; }

    public string? Queue { get; private set; }

    public string? Recording { get; private set; }

    private string? Cause { get; set; }

    public IReadOnlyList<CallLeg> Legs => _legs;

    /// <summary>Reads it. A call of which only its end was told is there, and ended.</summary>
    public static CallStory Of(IEnumerable<CallEvent> told)
    {
        CallEvent[] inOrder = [.. told.OrderBy(e => e.At).ThenBy(e => e.Type).ThenBy(e => e.EventId, StringComparer.Ordinal)];
        var story = new CallStory
        {
            RangAt = inOrder[0].At,
            Direction = inOrder.FirstOrDefault(e => e.Direction is not null)?.Direction ?? CallDirection.In,
            Numbers = inOrder.FirstOrDefault(e => e.Numbers is not null)?.Numbers,
        };
        foreach (var e in inOrder) story.Take(e);
        return story;
    }

    public CallState State => EndedAt is not null ? CallState.Ended
        : _legs.Any(l => l.Talks) ? _legs.Any(l => l is { Talks: true, Held: true }) ? CallState.Held : CallState.Talking
        : _legs.Any(l => l.Rings) ? CallState.Offered
        : QueuedAt is not null || AnsweredAt is not null ? CallState.Queued : CallState.Ringing;

    /// <summary>None before it ended.</summary>
    public CallOutcome? Outcome => EndedAt is null ? null
        : _lostAt is not null ? CallOutcome.Lost
        : AnsweredAt is not null ? CallOutcome.Answered
        : Busy.Contains(Cause) ? CallOutcome.Busy
        : Failed.Contains(Cause) ? CallOutcome.Failed
        : Direction is CallDirection.In ? CallOutcome.Abandoned : CallOutcome.NoAnswer;

    /// <summary>Whose call it is: who speaks, or spoke last, or rang last.</summary>
    public CallLeg? Last => _legs.LastOrDefault(l => l.AnsweredAt is not null) ?? _legs.LastOrDefault();

    /// <summary>Whole seconds until a person answered, or the call ended; none while it waits.</summary>
    public int? WaitSeconds => (AnsweredAt ?? EndedAt) is { } until ? (int)(until - (QueuedAt ?? RangAt)).TotalSeconds : null;

    /// <summary>Whole seconds that seats spoke with the caller; none before the end and where nobody saw it.</summary>
    public int? TalkSeconds => EndedAt is null || Outcome is CallOutcome.Lost ? null : (int)_legs.Sum(l => l.Talk.TotalSeconds);

    private void Take(CallEvent e)
    {
        if (e.Type is CallEventType.Recording) Recording ??= e.Recording;
        if (EndedAt is not null) return; // what is over stays as it ended
        if (e.Queue is not null) Queue = e.Queue;
        switch (e.Type)
        {
            case CallEventType.Queued when AnsweredAt is null:
                QueuedAt ??= e.At;
                break;
            case CallEventType.Offered:
                if (!_legs.Any(l => l.Seat == e.Seat && l.EndedAt is null)) _legs.Add(new(e.Seat!, e.At));
                break;
            case CallEventType.Answered when e.Seat is not null:
                Answer(e);
                break;
            case CallEventType.Held or CallEventType.Resumed:
                Change(l => l.Talks, l => l with { Held = e.Type is CallEventType.Held });
                break;
            case CallEventType.Transferred:
                Change(l => l.Talks && (e.Seat is null || l.Seat == e.Seat), l => l with { EndedAt = e.At, Held = false });
                break;
            case CallEventType.NoAnswer when e.Seat is not null:
                if (!_legs.Any(l => l.Seat == e.Seat)) _legs.Add(new(e.Seat, null, EndedAt: e.At, NoAnswer: true));
                Change(l => l.Rings && l.Seat == e.Seat, l => l with { EndedAt = e.At, NoAnswer = true });
                break;
            case CallEventType.Ended or CallEventType.Lost:
                if (e.Type is CallEventType.Lost) _lostAt = e.At;
                (EndedAt, Cause) = (e.At, e.Cause);
                Change(l => l.EndedAt is null, l => l with { EndedAt = e.At, Held = false, Counted = _lostAt is null });
                break;
        }
    }

    // one seat speaks with a caller: whoever did before has left, and others stop ringing
    private void Answer(CallEvent e)
    {
        AnsweredAt ??= e.At;
        if (_legs.Any(l => l.Talks && l.Seat == e.Seat)) return;
        Change(l => l.EndedAt is null && l.Seat != e.Seat, l => l with { EndedAt = e.At, Held = false });
        if (!_legs.Any(l => l.Rings)) _legs.Add(new(e.Seat!, null));
        Change(l => l.Rings, l => l with { AnsweredAt = e.At });
    }

    private void Change(Func<CallLeg, bool> which, Func<CallLeg, CallLeg> to)
    {
        for (var i = 0; i < _legs.Count; i++)
            if (which(_legs[i])) _legs[i] = to(_legs[i]);
    }
}
