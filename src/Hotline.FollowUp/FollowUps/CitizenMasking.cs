using Hotline.Wire.FollowUps;

namespace Hotline.FollowUps.FollowUps;

/// <summary>How much of the citizen an operator sees: in full where one is about to call, which is noted; masked otherwise.</summary>
public sealed class CitizenMasking(PersonalData personal, Work work, TimeProvider clock)
{
    public FollowUpView Full(FollowUp followUp, Contact? contact, Caller caller, string action)
    {
        if (contact is null) return FollowUpView.Of(followUp, null, null, clock.GetUtcNow());
        work.Saw(caller, followUp.RequestId, action, clock.GetUtcNow());
        return FollowUpView.Of(followUp, contact, personal.Open(contact.Citizen), clock.GetUtcNow());
    }

    /// <summary>Masked, or in full in a file that is noted as a whole.</summary>
    public FollowUpView Listed(FollowUp followUp, Contact? contact, Export? export) => export is { Personal: true } && contact is not null
        ? FollowUpView.Of(followUp, contact, personal.Open(contact.Citizen), clock.GetUtcNow()) : Masked(followUp, contact);

    public FollowUpView Masked(FollowUp followUp, Contact? contact) =>
        FollowUpView.Of(followUp, contact, contact is null ? null : personal.Open(contact.Citizen).Masked(), clock.GetUtcNow());
}
