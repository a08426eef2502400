using System.Text.Json;
using Hotline.Messaging;
using Hotline.Wire;
using Microsoft.AspNetCore.Diagnostics;

namespace Hotline.ServiceDefaults;

/// <summary>Exceptions as problem details: what could not be read is the caller's fault and says what is wanted, what broke is
/// ours.</summary>
internal sealed class ExceptionToProblem(IProblemDetailsService problems) : IExceptionHandler
{
    private static readonly Text NotJson =
        new("body.invalid-json", "请求体不是有效的 JSON，或字段重复、类型不符", "The body is not valid JSON, or a field comes twice or has the wrong type");
    private static readonly Text NoBody = new("body.missing", "缺少 JSON 请求体", "A JSON body is missing");

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken stop)
    {
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested) return true;

        var (text, status, field, message) = exception switch
        {
            BadHttpRequestException { StatusCode: 400, InnerException: UnreadableValueException e } => (NotJson, 400, PathOf(e), e.Wanted),
            BadHttpRequestException { StatusCode: 400, InnerException: JsonException e } => (NotJson, 400, PathOf(e), NotJson),
            // Required parameter "ReasonInput input" was not provided from body; or: Implicit body inferred for parameter "input" but no
            // body was provided
            BadHttpRequestException { StatusCode: 400 } e when e.Message.Contains("body", StringComparison.OrdinalIgnoreCase) =>
                (Problems.Invalid, 400, "body", NoBody),
            BadHttpRequestException { StatusCode: 400 } e => (Problems.Invalid, 400, ParameterOf(e), Problems.Unreadable),
            BadHttpRequestException e => (Problems.TextOf(e.StatusCode), e.StatusCode, null, null),
            TimeoutException => (Problems.TextOf(503), 503, (string?)null, (Text?)null),
            _ when Queries.IsAway(exception) => (Problems.TextOf(503), 503, null, null),
            _ => (Problems.TextOf(500), 500, null, null),
        };
        http.Response.StatusCode = status;
        var problem = Problems.Of(text, status).ProblemDetails;
        if (!string.IsNullOrEmpty(field)) problem.Extensions["errors"] = new Dictionary<string, string[]> { [field] = [message!.Say()] };
        return await problems.TryWriteAsync(new() { HttpContext = http, ProblemDetails = problem, Exception = exception });
    }

    // $.caller.phone
    private static string? PathOf(JsonException e) => e.Path?.TrimStart('$').TrimStart('.');

    // Failed to bind parameter "Nullable<int> limit" from "abc".
    private static string? ParameterOf(BadHttpRequestException e) => e.Message.Split('"') is [_, var parameter, ..]
        ? parameter.Split(' ')[^1] : null;
}
