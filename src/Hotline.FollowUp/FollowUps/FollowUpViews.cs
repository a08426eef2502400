using Hotline.Wire.FollowUps;

namespace Hotline.FollowUps.FollowUps;

/// <summary>What is shown of follow-ups.</summary>
public static class FollowUpViews
{
    extension(FollowUpView)
    {
        /// <param name="c">The follow-up.</param>
        /// <param name="contact">What it is about, if known yet.</param>
        /// <param name="citizen">In full or masked, if known yet.</param>
        /// <param name="now">When it is looked at.</param>
        public static FollowUpView Of(FollowUp c, Contact? contact, Citizen? citizen, DateTimeOffset now) => new(
            c.Id, c.RequestId, c.RequestNumber, c.OrderId, c.VendorId, c.VendorName, c.CategoryCode, c.Kind, c.StatusAt(now),
            citizen is null ? null : new(citizen.Name, citizen.Phone), contact?.Description, c.DueAt, c.ClaimedByName, c.ClaimExpiresAt,
            c.Attempts, c.LastOutcome, c.Satisfaction, c.Resolved, c.Punctual, c.PriceAsQuoted, c.Comment,
            c.ComplaintId, c.Complaint, c.EndedBy, c.EndedAt, c.CreatedAt, c.Version,
            [.. c.Earlier.Select(e => new EarlierView(e.Kind, e.OrderId, e.VendorId, e.VendorName, e.At))],
            [.. c.Tried.Select(t => new AttemptView(t.Outcome, t.By, t.At))],
            contact?.CitizenVersion ?? 0);
    }

    extension(FeedbackView)
    {
        public static FeedbackView Of(FollowUp c) => new(
            c.OrderId, c.RequestNumber, c.CategoryCode, c.Kind, c.Satisfaction!.Value, c.Resolved!.Value, c.Punctual, c.PriceAsQuoted,
            c.Comment, c.Complaint, c.EndedAt!.Value);
    }
}
