using System.Diagnostics.Metrics;
using Hotline.Wire.Intake;
using Npgsql;

namespace Hotline.Intake.Requests;

/// <summary>Counts registrations as they happen, and from time to time how many requests stand where.</summary>
public sealed class RequestMetrics(NpgsqlDataSource database, ILogger<RequestMetrics> log) : StatusGauge(
    database, log, Meter, "hotline.requests", "{request}", "Unfinished requests by status", "requests where final_status is null",
    Enum.GetValues<RequestStatus>().Where(s => !s.IsFinal()).Select(s => s.ToWire()))
{
    private static readonly Meter Meter = new("Hotline.Intake");

    internal static readonly Counter<long> Registered = Meter.CreateCounter<long>("hotline.requests.registered",
        "{request}", "Requests registered");
}
