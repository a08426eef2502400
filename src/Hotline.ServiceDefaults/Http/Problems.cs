using System.Diagnostics;
using Hotline.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Hotline.ServiceDefaults;

/// <summary>The one place where refusals and failures become RFC 9457 problem details: title in the caller's language,
/// stable code, errors by field, trace id.</summary>
public static class Problems
{
    /// <summary>The body or query has faulty fields; <c>errors</c> names each.</summary>
    public static readonly Text Invalid = new("input.invalid", "输入有误，请按各字段的提示修改后重试",
        "Some fields are wrong: correct them as their messages say and try again");

    /// <summary>Nothing with this id, or nothing that the caller may see.</summary>
    public static readonly Text Unknown = new("not-found", "没有找到，请核对编号", "Not found: check the id");

    /// <summary>If-Match names an older version.</summary>
    public static readonly Text Stale = new("version.stale", "数据已被他人更新，请刷新后再操作", "Someone changed it meanwhile: reload, then try again");

    /// <summary>Too many others changed the same thing at once.</summary>
    public static readonly Text Busy = new("version.contended", "多人同时操作，请稍后重试", "Too many changes at once: try again");

    /// <summary>A parameter of the wrong type, where nothing better can be said.</summary>
    internal static readonly Text Unreadable = new("parameter.unreadable", "无法识别", "cannot be read");

    private static readonly Text Unauthorized = new("auth.required", "请先登录或提供有效的访问令牌", "Sign in or send a valid access token");
    private static readonly Text Forbidden = new("auth.forbidden", "当前身份无权进行此操作", "Your role does not allow this");
    private static readonly Text NoMethod = new("http.method", "该地址不支持此方法", "This address does not take that method");
    private static readonly Text MediaType = new("body.media-type",
        "请求体必须是 UTF-8 编码的 application/json，且不能压缩", "The body must be application/json in UTF-8, not compressed");
    private static readonly Text TooLarge = new("body.too-large", "请求体过大", "The body is too large");
    private static readonly Text TooMany = new("rate.limited", "请求过于频繁，请按 Retry-After 稍后再试", "Too many requests: wait as Retry-After says");
    private static readonly Text Unavailable = new("service.unavailable", "服务暂时不可用，请稍后重试", "The service is away for a moment: try again");
    private static readonly Text TimedOut = new("service.timeout", "服务响应超时，请稍后重试", "The service took too long: try again");
    private static readonly Text BadRequest = new("request.invalid", "请求有误", "The request is not valid");
    private static readonly Text Failed = new("server.error", "系统内部错误，请把追踪号告知管理员",
        "Something broke on our side: tell the administrator the trace id");

    /// <summary>A refusal as its HTTP answer.</summary>
    public static ProblemHttpResult ToProblem(this Refusal refusal)
    {
        var more = new Dictionary<string, object?>();
        if (refusal.CurrentStatus is not null) more["currentStatus"] = refusal.CurrentStatus;
        if (refusal.Errors is not null) more["errors"] = refusal.Errors;
        return Of(refusal.Text, refusal.Status, more);
    }

    /// <summary>404.</summary>
    public static ProblemHttpResult NotFound() => Of(Unknown, StatusCodes.Status404NotFound);

    /// <summary>400 with every faulty field.</summary>
    /// <param name="errors">Messages by the field's JSON path, for example caller.phone.</param>
    public static ProblemHttpResult InvalidInput(IDictionary<string, string[]> errors) =>
        Of(Invalid, StatusCodes.Status400BadRequest, new() { ["errors"] = errors });

    /// <summary>Any text with any status.</summary>
    public static ProblemHttpResult Of(Text text, int status, Dictionary<string, object?>? more = null) =>
        TypedResults.Problem(title: text.Say(), statusCode: status, type: $"urn:hotline:{text.Code}",
            extensions: new Dictionary<string, object?>(more ?? []) { ["code"] = text.Code });

    /// <summary>Problem details for whatever fails before, in or after an endpoint.</summary>
    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>(); // before the framework's: the first that can write does
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
            Complete(context.ProblemDetails, context.HttpContext));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ExceptionToProblem>();
        return services;
    }

    /// <summary>Texts for the statuses that the framework sets by itself.</summary>
    public static Text TextOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthorized,
        StatusCodes.Status403Forbidden => Forbidden,
        StatusCodes.Status404NotFound => Unknown,
        StatusCodes.Status405MethodNotAllowed => NoMethod,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => MediaType,
        StatusCodes.Status429TooManyRequests => TooMany,
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable => Unavailable,
        StatusCodes.Status504GatewayTimeout => TimedOut,
        >= 400 and < 500 => BadRequest,
        _ => Failed,
    };

    private static void Complete(ProblemDetails problem, HttpContext http)
    {
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
        if (!problem.Extensions.ContainsKey("code"))
        {
            var text = TextOf(problem.Status ?? StatusCodes.Status500InternalServerError);
            problem.Title = text.Say();
            problem.Type = $"urn:hotline:{text.Code}";
            problem.Extensions["code"] = text.Code;
        }
        if (problem.Status is StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable
            or StatusCodes.Status504GatewayTimeout
            && !http.Response.Headers.ContainsKey("Retry-After"))
        {
            http.Response.Headers.RetryAfter = "2";
        }
    }
}
