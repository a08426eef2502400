namespace Hotline.Telephony.Calls;

/// <summary>The calls of one PBX that have not ended, and the last that have.</summary>
public sealed class CallBook(string pbx)
{
    /// <summary>Late news of a call that has ended are known by its id for so many calls more.</summary>
    private const int EndedKept = 2000;

    private readonly Dictionary<string, OpenCall> _calls = [];
    private readonly Dictionary<string, string> _callOf = []; // a channel's Linkedid can change when calls are joined
    private readonly Queue<string> _endedInOrder = [];
    private readonly HashSet<string> _ended = [];

    /// <summary>What is kept for the next start.</summary>
    /// <param name="Calls">Open ones.</param>
    /// <param name="Ended">Ids of the last ones, oldest first.</param>
    public sealed record Page(IReadOnlyList<OpenCall> Calls, IReadOnlyList<string> Ended);

    /// <summary>Open ones.</summary>
    public IReadOnlyCollection<OpenCall> Calls => _calls.Values;

    /// <summary>Whether anything changed since it was last asked.</summary>
    public bool IsChanged { get; private set; }

    public OpenCall? Find(string linkedId) => _calls.GetValueOrDefault(linkedId);

    /// <summary>The call that a channel belongs to.</summary>
    public OpenCall? OfChannel(string id) => _callOf.TryGetValue(id, out var linked) ? Find(linked) : null;

    /// <summary>The call in which a seat speaks, or is rung.</summary>
    public (OpenCall Call, Leg Leg)? OfSeat(string seat) => _calls.Values.SelectMany(c => c.Legs, (call, leg) => (call, leg))
        .Where(l => l.leg.Seat == seat).OrderByDescending(l => l.leg.State is LegState.Answered or LegState.Held)
        .Select(l => ((OpenCall, Leg)?)l).FirstOrDefault();

    public bool HasEnded(string linkedId) => _ended.Contains(linkedId);

    public OpenCall Put(OpenCall call)
    {
        IsChanged = true;
        foreach (var leg in call.Legs) _callOf[leg.Id] = call.LinkedId;
        return _calls[call.LinkedId] = call;
    }

    /// <summary>It has ended, whatever comes late.</summary>
    public void End(OpenCall call)
    {
        _calls.Remove(call.LinkedId);
        foreach (var id in _callOf.Where(c => c.Value == call.LinkedId).Select(c => c.Key).ToArray()) _callOf.Remove(id);
        Ended(call.LinkedId);
    }

    /// <summary>A call by its id: for what is no call of ours.</summary>
    public void Ended(string linkedId)
    {
        IsChanged = true;
        if (!_ended.Add(linkedId)) return;
        _endedInOrder.Enqueue(linkedId);
        if (_endedInOrder.Count > EndedKept) _ended.Remove(_endedInOrder.Dequeue());
    }

    /// <summary>What to keep.</summary>
    public Page Read()
    {
        IsChanged = false;
        return new([.. _calls.Values], [.. _endedInOrder]);
    }

    /// <summary>Goes on where it was.</summary>
    public void Restore(Page page)
    {
        foreach (var id in page.Ended) Ended(id);
        foreach (var call in page.Calls) Put(call);
        IsChanged = false;
    }

    /// <summary>An event of a call.</summary>
    /// <param name="once">Whether it can happen to a leg, or to the call, only once: then its time is no part of its id, for it may be
    /// seen in several ways.</param>
    public CallEvent Tell(OpenCall call, CallEventType type, DateTimeOffset at, bool once, Leg? leg = null) =>
        new(CallEvent.IdOf(pbx, call.LinkedId, leg?.Id, type.ToString(), once ? null : CallEvent.IdOf(at)),
            at, pbx, type, call.LinkedId, leg?.Id ?? call.LinkedId, call.Direction, call.From, call.To, call.Queue, leg?.Seat ?? call.Seat);

    /// <summary>What a seat's telephone does.</summary>
    public CallEvent TellSeat(string seat, string state, DateTimeOffset at) =>
        new(CallEvent.IdOf(pbx, seat, nameof(CallEventType.SeatState), state, CallEvent.IdOf(at)),
            at, pbx, CallEventType.SeatState, Seat: seat, Cause: state);
}
