namespace Hotline.Console.Calls;

/// <summary>In a busy hour calls change many times a second: what shows them gathers changes.</summary>
public static class CallChanges
{
    public const string Kind = "callsChanged";

    /// <summary>Of a list, or of a call.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromSeconds(1);

    /// <summary>Where somebody looks on all the time.</summary>
    public static readonly TimeSpan GatherOnBoards = TimeSpan.FromMilliseconds(500);
}
