using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Hotline.Services.Tests.Door;

/// <summary>Intake with a table missing and its log read.</summary>
public sealed class BrokenIntake : IntakeApi
{
    public ConcurrentQueue<string> Log { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureLogging(logging => logging.AddProvider(new Lines(Log)));
    }

    private sealed class Lines(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter) =>
            log.Enqueue(formatter(state, exception));
    }
}

public sealed class ProblemTests(IntakeApi api, BrokenIntake broken) : IClassFixture<IntakeApi>, IClassFixture<BrokenIntake>
{
    private const string Requests = "/api/intake/requests";

    [Theory, InlineData("text/html"), InlineData("text/plain"), InlineData("application/xml"), InlineData("image/png"),
        InlineData("application/json;q=0"), InlineData("nonsense")]
    public async Task Whatever_a_client_accepts_refusals_and_faults_are_problem_details(string accept)
    {
        var headers = new[] { ("Accept", accept) };
        await Drop("request_numbers");
        var answers = new[]
        {
            (400, "body.invalid-json", await api.Operator.Raw(Requests, "{", "application/json", headers)),
            (400, "input.invalid", await api.Operator.Get($"{Requests}?limit=x", headers)),
            (400, "input.invalid", await api.Operator.Get($"{Requests}?q=%00", headers)),
            (404, "not-found", await api.Operator.Get("/api/nowhere", headers)),
            (404, "not-found", await api.Operator.Get($"{Requests}/{Guid.CreateVersion7()}", headers)),
            (405, "http.method", await api.Operator.Send(HttpMethod.Delete, Requests, null, headers)),
            (415, "body.media-type", await api.Operator.Raw(Requests, "a", "text/plain", headers)),
            (401, "auth.required", await api.With(null).Get(Requests, headers)),
            (500, "server.error", await broken.Operator.Post(Requests, IntakeApi.Input(), headers)),
        };
        foreach (var (status, code, answer) in answers)
        {
            (answer.Code, answer.Text("code")).ShouldBe((status, code), answer.ToString());
            answer.Content.ContentType!.MediaType.ShouldBe("application/problem+json");
            answer.Text("traceId").Length.ShouldBe(32);
        }
    }

    [Fact]
    public async Task The_trace_id_of_a_fault_is_found_in_the_log_with_the_address_and_without_the_query()
    {
        await Drop("access_log, request_numbers");
        var (listed, posted) = (await broken.Supervisor.Get("/api/intake/access-log?actor=14500000001"),
            await broken.Operator.Post(Requests, IntakeApi.Input()));
        (listed.Code, posted.Code).ShouldBe((500, 500));
        broken.Log.Single(l => l.Contains(listed.Text("traceId"), StringComparison.Ordinal))
            .ShouldStartWith("GET /api/intake/access-log answered 500 server.error, trace ");
        broken.Log.Single(l => l.Contains(posted.Text("traceId"), StringComparison.Ordinal))
            .ShouldStartWith("POST /api/intake/requests answered 500 server.error, trace ");
        broken.Log.ShouldAllBe(l => !l.Contains("14500000001"));
    }

    private async Task Drop(string tables)
    {
        await using var drop = broken.Database.CreateCommand($"drop table if exists {tables}");
        await drop.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
