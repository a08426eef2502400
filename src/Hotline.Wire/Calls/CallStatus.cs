using System.Text.Json.Serialization;

namespace Hotline.Wire.Calls;

/// <summary>Who called whom.</summary>
[JsonConverter(typeof(EnumFormat<CallDirection>))]
public enum CallDirection
{
    /// <summary>A citizen called the hotline (来电).</summary>
    In,

    /// <summary>The hotline called somebody (去电).</summary>
    Out,
}

/// <summary>What a telephone system tells of a call. In the order in which they follow each other where times are the same.</summary>
[JsonConverter(typeof(EnumFormat<CallEventType>))]
public enum CallEventType
{
    /// <summary>It came in.</summary>
    Rang,

    /// <summary>It waits for a person.</summary>
    Queued,

    /// <summary>A seat rings.</summary>
    Offered,

    /// <summary>A person at a seat answered. An announcement or a queue that picks up is no answer.</summary>
    Answered,

    Held,

    Resumed,

    /// <summary>The seat gave it to somebody else, and left it.</summary>
    Transferred,

    /// <summary>The seat rang in vain.</summary>
    NoAnswer,

    /// <summary>There is a recording.</summary>
    Recording,

    /// <summary>The telephone system knows it no more, and nobody saw its end.</summary>
    Lost,

    /// <summary>The last party hung up.</summary>
    Ended,

    /// <summary>About a seat's telephone, not about a call.</summary>
    SeatState,
}

/// <summary>Where a call stands; it only moves forward, and once ended stays so.</summary>
[JsonConverter(typeof(EnumFormat<CallState>))]
public enum CallState
{
    /// <summary>It came in; nobody's turn yet.</summary>
    Ringing,

    /// <summary>It waits for a person (排队).</summary>
    Queued,

    /// <summary>A seat rings (振铃).</summary>
    Offered,

    /// <summary>Somebody speaks with the caller (通话).</summary>
    Talking,

    /// <summary>The caller waits on the line.</summary>
    Held,

    Ended,
}

/// <summary>What became of a call.</summary>
[JsonConverter(typeof(EnumFormat<CallOutcome>))]
public enum CallOutcome
{
    /// <summary>A person answered.</summary>
    Answered,

    /// <summary>The caller hung up before a person answered (呼损).</summary>
    Abandoned,

    /// <summary>Whom we called did not answer.</summary>
    NoAnswer,

    Busy,

    /// <summary>No such number, no line, refused.</summary>
    Failed,

    /// <summary>Nobody saw its end: not counted as talk.</summary>
    Lost,
}

/// <summary>What a call without a request was.</summary>
[JsonConverter(typeof(EnumFormat<CallKind>))]
public enum CallKind
{
    /// <summary>打错电话.</summary>
    WrongNumber,

    /// <summary>无声电话.</summary>
    Silent,

    /// <summary>骚扰电话.</summary>
    Harassment,

    /// <summary>咨询, answered at once.</summary>
    AskedOnly,

    /// <summary>中途断线.</summary>
    Disconnected,

    /// <summary>测试.</summary>
    Test,

    Other,
}
