namespace Hotline.Reconciliation.Rules;

/// <param name="Told">Whether what the telephone system told is kept still.</param>
/// <param name="EndTold">Whether it told of an end.</param>
/// <param name="OpenLegs">Seats that ring or speak.</param>
/// <param name="AnsweredLegs">Seats that answered.</param>
public sealed record CallFacts(
    Guid Id, string State, DateTimeOffset RangAt, bool Answered, bool Told, bool EndTold, int OpenLegs, int AnsweredLegs,
    IReadOnlyList<Guid> RequestIds);

/// <summary>A call is what was told of it, ends in the end, and came to requests that are there.</summary>
public sealed class CallRule : IRule
{
    public static readonly Book<CallFacts> Calls = new("intake", "calls", RequestRule.Requests);

    // a telephone system looks each 30 s which calls it has: one that is open for so long nobody ends any more
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    public int Place => 5;

    public BothLanguages Expected { get; } = new("通话与电话系统所报一致，都有结束，关联的工单都在",
        "Calls are what telephone systems told of them, come to an end, and their requests are there");

    public IReadOnlyList<Book> Compares => [Calls, RequestRule.Requests];

    public IEnumerable<Counted> Count(Books books) => [new("calls", "calls", books.Of(Calls).Count)];

    public void Check(Books books, Expectation expected, Findings findings)
    {
        var requests = books.Of(RequestRule.Requests).Select(r => r.Id).ToHashSet();
        foreach (var call in books.Of(Calls))
        {
            foreach (var request in call.RequestIds.Where(id => !requests.Contains(id)))
                findings.Add(Fault.Missing, "call", call.Id, $"关联的工单 {request} 不在受理中", $"its request {request} is not in intake");
            var ended = call.State == "ended";
            if (!ended && books.ReadAt - call.RangAt > Longest)
                findings.Add(Fault.Stuck, "call", call.Id, "超过 12 小时没有结束", "has not ended for 12 hours");
            if (call.Told && call.EndTold != ended)
                findings.Add(Fault.Disagreeing, "call", call.Id, $"状态为 {call.State}，与所报的结束不符", $"is {call.State}: end told {call.EndTold}");
            if (ended && call.OpenLegs > 0)
                findings.Add(Fault.Disagreeing, "call", call.Id, "已结束，仍有座席在通话", "has ended, but a seat is still in it");
            if (call.Answered != call.AnsweredLegs > 0)
                findings.Add(Fault.Disagreeing, "call", call.Id, "是否接听与座席记录不符", "answered or not: its seats say otherwise");
        }
    }
}
