using System.Diagnostics.Metrics;
using Npgsql;

namespace Hotline.Dispatch.Orders;

/// <summary>How many open orders stand where.</summary>
public sealed class OrderMetrics(NpgsqlDataSource database, ILogger<OrderMetrics> log) : StatusGauge(
    database, log, new Meter("Hotline.Dispatch"), "hotline.orders", "{order}",
    "Open orders by state", "orders where final_status is null", OrderTable.Open);
