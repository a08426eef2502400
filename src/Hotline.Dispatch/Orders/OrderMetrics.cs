using System.Diagnostics.Metrics;
using Hotline.ServiceDefaults;
using Npgsql;

namespace Hotline.Dispatch.Orders;

/// <summary>How many open orders stand where.</summary>
public sealed class OrderMetrics(NpgsqlDataSource database, ILogger<OrderMetrics> log) : StatusGauge(database, log, new Meter("Hotline.Dispatch"), "hotline.orders", "{order}",
    "Open orders by state", "select status, count(*) from orders where status not in ('completed', 'rejected', 'expired', 'declined', 'cancelled', 'withdrawn') group by status",
    Enum.GetValues<OrderStatus>().Where(s => !s.IsFinal()).Select(s => s.ToWire()));
