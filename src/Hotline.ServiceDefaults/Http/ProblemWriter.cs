using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Hotline.ServiceDefaults;

/// <summary>Writes problem details to everybody: the framework's own writer answers nothing to a caller who accepts no JSON. What is our
/// fault is logged with the trace id that
/// the caller is told, so that one search finds it.</summary>
internal sealed class ProblemWriter(
    IOptions<ProblemDetailsOptions> options, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, ILogger<ProblemWriter> log)
        : IProblemDetailsWriter
{
    internal const string MediaType = "application/problem+json";

    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        problem.Status ??= http.Response.StatusCode;
        options.Value.CustomizeProblemDetails?.Invoke(context);
        if (problem.Status >= StatusCodes.Status500InternalServerError) Log(http, problem);
        await http.Response.WriteAsJsonAsync(problem, json.Value.SerializerOptions, MediaType, http.RequestAborted);
    }

    // the template of the address, or its path: a query may hold a citizen's number
    private void Log(HttpContext http, ProblemDetails problem)
    {
        var fault = http.Features.Get<IExceptionHandlerFeature>();
        var template = ((fault?.Endpoint ?? http.GetEndpoint()) as RouteEndpoint)?.RoutePattern.RawText;
        var address = template?.TrimEnd('/') ?? http.Request.Path.Value;
        log.LogError(fault?.Error, "{Method} {Address} answered {Status} {Code}, trace {TraceId}", http.Request.Method, address,
            problem.Status, problem.Extensions["code"],
            Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier);
    }
}
