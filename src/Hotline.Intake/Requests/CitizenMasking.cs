using Hotline.Wire.Intake;

namespace Hotline.Intake.Requests;

/// <summary>How much of the citizen whoever asks sees: the desk in full, which is noted; the telephone system masked; in lists everybody
/// masked.</summary>
public sealed class CitizenMasking(PersonalData personal, Work work, TimeProvider clock)
{
    /// <summary>One request.</summary>
    public RequestView Of(Request request, Caller caller, string action)
    {
        // the telephone system sees that it is there; who the citizen is concerns the desk
        if (caller.Role == Roles.Cti) return Masked(request);
        work.Saw(caller, request.Id, action, clock.GetUtcNow());
        return RequestView.Of(request, personal.Open(request.Citizen));
    }

    /// <summary>A request as it was just taken down. The desk was told by the citizen: that is no look to be noted.</summary>
    public RequestView Registered(Request request, Citizen citizen, Caller caller) =>
        caller.Role == Roles.Cti ? Masked(request) : RequestView.Of(request, citizen);

    /// <summary>As in lists, or in full in a file that is noted as a whole.</summary>
    public RequestView Listed(Request request, Export? export) =>
        export is { Personal: true } ? RequestView.Of(request, personal.Open(request.Citizen)) : Masked(request);

    /// <summary>As in lists.</summary>
    public RequestView Masked(Request request) => RequestView.Of(request, personal.Open(request.Citizen).Masked());
}
