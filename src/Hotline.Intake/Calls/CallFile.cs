using Hotline.Wire.Calls;

namespace Hotline.Intake.Calls;

/// <summary>The list of calls as a file.</summary>
internal static class CallFile
{
    public static readonly ExportFile<CallView> Columns = new ExportFile<CallView>("calls", "通话", "Calls")
        .Moment("来电时间", "Came in", c => c.RangAt)
        .Word("方向", "Direction", "Call.Direction", c => c.Direction.ToWire())
        .Words("号码", "Number", c => c.CallerNumber)
        .Words("拨打号码", "Dialled number", c => c.DialledNumber)
        .Word("状态", "State", "Call.State", c => c.State.ToWire())
        .Word("结果", "Outcome", "Call.Outcome", c => c.Outcome?.ToWire())
        .Moment("接听时间", "Answered", c => c.AnsweredAt)
        .Moment("结束时间", "Ended", c => c.EndedAt)
        .Number("等待（秒）", "Wait (s)", c => c.WaitSeconds)
        .Number("通话（秒）", "Talk (s)", c => c.TalkSeconds)
        .Words("座席", "Seat", c => c.Seat)
        .Words("接线员", "Operator", c => c.Operator)
        .Word("类型", "Kind", "Call.Kind", c => c.Kind?.ToWire())
        .Words("备注", "Note", c => c.Note, 30);
}
