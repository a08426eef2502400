using Hotline.Messaging;
using Hotline.ServiceDefaults;

namespace Hotline.FollowUp.FollowUps;

/// <summary>How much of the citizen an operator sees: in full where one is about to call, which is noted; masked otherwise.</summary>
public sealed class OperatorSight(PersonalData personal, Work work, TimeProvider clock)
{
    public FollowUpView Full(Callback callback, Contact? contact, Caller caller, string action)
    {
        if (contact is null) return FollowUpView.Of(callback, null, null, clock.GetUtcNow());
        work.Saw(caller, callback.RequestId, action, clock.GetUtcNow());
        return FollowUpView.Of(callback, contact, personal.Open(contact.Citizen), clock.GetUtcNow());
    }

    public FollowUpView Masked(Callback callback, Contact? contact) =>
        FollowUpView.Of(callback, contact, contact is null ? null : personal.Open(contact.Citizen).Masked(), clock.GetUtcNow());
}
