namespace Hotline.Wire.Intake;

public static class RequestStatuses
{
    /// <summary>It stays so: neither service nor callback is to come.
    /// A vendor at work in spite of a cancellation may still complete.</summary>
    public static bool IsFinal(this RequestStatus status) =>
        status is RequestStatus.Closed or RequestStatus.Cancelled or RequestStatus.Unfulfilled;

    /// <summary>Nothing more is done for the citizen, a callback aside.</summary>
    public static bool IsFinished(this RequestStatus status) => status is RequestStatus.Completed || status.IsFinal();
}
