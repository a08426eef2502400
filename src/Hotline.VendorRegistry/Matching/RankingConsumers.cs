using Hotline.Contracts;
using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Evaluation;

namespace Hotline.VendorRegistry.Matching;

/// <summary>Keeps what ranking needs of scores and orders.</summary>
public sealed class RankingInputs(MatchStore store) : IFollow<RankingInputs>
{
    public static void Follow(Follows<RankingInputs> events) => events
        .On<ScoreChanged>((inputs, e) => inputs.Scored(e))
        .On<OrderOffered>((inputs, e) => inputs.Order(e, open: true))
        .On<OrderRejected>(Closed).On<OfferExpired>(Closed).On<OrderWithdrawn>(Closed)
        .On<QuoteDeclined>(Closed).On<OrderCompleted>(Closed).On<OrderCancelled>(Closed);

    private static void Closed(RankingInputs inputs, IAboutOrder e) => inputs.Order(e, open: false);

    private void Scored(ScoreChanged e) =>
        store.PutScore(e.VendorId, e.Score, e.Satisfaction, e.DeadlineReliability, e.CompletedOrders, e.Version);

    private void Order(IAboutOrder e, bool open) => store.PutOrder(e.OrderId, e.VendorId, open, open ? e.At : null, e.Version);
}
