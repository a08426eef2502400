using System.Globalization;
using System.Reflection;
using Hotline.Messaging;
using Hotline.Wire;
using Microsoft.Net.Http.Headers;

namespace Hotline.ServiceDefaults;

/// <summary>Lists as files. The endpoint's handler is the list's own: it is asked for page after page, and what it shows is written down as
/// it comes. So a file has the rows, the order, the masking and the filters of the list.</summary>
public static class ExportEndpoints
{
    private static readonly string Most = Export.MostRows.ToString("N0", CultureInfo.InvariantCulture);

    private static readonly Text TooMany = new("export.too-many-rows", $"超过 {Most} 行，请缩小范围（例如选择日期）后再导出",
        $"More than {Most} rows: narrow the list, for example to some days, and export it then");
    private static readonly Text Busy = new("export.busy", "每人一次只能导出一个文件，请等上一个完成",
        "One file at a time: wait until the one before is there");
    private static readonly Text NotYours = new("export.personal", "只有班长可以导出完整的个人信息",
        "Only a supervisor may export citizens in full");

    /// <summary>Makes the handler of a list give it out as a file.</summary>
    /// <param name="endpoint">GET of the list's address and /export, with the list's handler.</param>
    /// <param name="name">Of the operation.</param>
    /// <param name="file">What the file has of an item.</param>
    public static RouteHandlerBuilder Exports<T>(this RouteHandlerBuilder endpoint, string name, ExportFile<T> file)
    {
        endpoint.WithName(name).WithMetadata(new ExportsList(file.OfCitizens))
            .WithSummary($"{file.Title.En} as a CSV or XLSX file, filtered as the list, at most {Most} rows")
            .Refuses(StatusCodes.Status400BadRequest, TooMany.Code).Refuses(StatusCodes.Status429TooManyRequests, Busy.Code);
        if (file.OfCitizens) endpoint.Refuses(StatusCodes.Status403Forbidden, NotYours.Code);
        return endpoint.AddEndpointFilterFactory((built, next) =>
        {
            var list = new ListHandler(built.MethodInfo, next);
            return call => Answer(call, list, file);
        });
    }

    private static async ValueTask<object?> Answer<T>(EndpointFilterInvocationContext call, ListHandler list, ExportFile<T> file)
    {
        var (http, faults) = (call.HttpContext, new Faults());
        var wanted = faults.OneOf(http.Request.Query[ExportsList.Format], ExportsList.Format, [.. ExportFormat.All.Select(f => f.Name)]);
        if (faults.Any) return faults.ToProblem();
        var (caller, format) = (Caller.Of(http.User), ExportFormat.All.FirstOrDefault(f => f.Name == wanted) ?? ExportFormat.All[0]);
        var personal = file.OfCitizens && Export.IsPersonal(http);
        if (personal && caller.Role != Roles.Supervisor) return Problems.Of(NotYours, StatusCodes.Status403Forbidden);
        using var place = http.RequestServices.GetRequiredService<ExportPlaces>().Take(caller.Id);
        if (place is null)
        {
            http.Response.Headers.RetryAfter = "2";
            return Problems.Of(Busy, StatusCodes.Status429TooManyRequests);
        }

        var answer = await list.Page(call, null);
        if (PageOf<T>(answer) is not { } first) return answer;
        var rows = first.NextCursor is null ? first.Items.Count : first.Total ?? Export.MostRows + 1;
        if (rows > Export.MostRows) return Problems.Of(TooMany, StatusCodes.Status400BadRequest);
        if (personal)
        {
            // before the first byte: who breaks the download off has seen some of it all the same
            var work = http.RequestServices.GetRequiredService<Work>();
            work.Exported(caller, Described(http, file.Code, format, rows),
                http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
            await work.Commit(http.RequestAborted);
        }
        await Send(call, list, file, format, first);
        return TypedResults.Empty;
    }

    private static Page<T>? PageOf<T>(object? answer) => answer switch
    {
        Page<T> page => page,
        IWholeList<T> whole => new(whole.Rows, null),
        _ => null,
    };

    private static async Task Send<T>(
        EndpointFilterInvocationContext call, ListHandler list, ExportFile<T> file, ExportFormat format, Page<T> first)
    {
        var (http, stop) = (call.HttpContext, call.HttpContext.RequestAborted);
        var at = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().ToLocal();
        var called = new ContentDispositionHeaderValue("attachment");
        called.SetHttpFileName(FormattableString.Invariant($"{file.Title.Say()}_{at:yyyy-MM-dd_HHmmss}.{format.Name}"));
        http.Response.ContentType = format.MediaType;
        (http.Response.Headers.ContentDisposition, http.Response.Headers.CacheControl) = (called.ToString(), "no-store");
        try
        {
            var writer = format.Onto(http.Response.Body);
            await writer.Begin(file.Columns, stop);
            for (var page = first; ; page = PageOf<T>(await list.Page(call, page.NextCursor))!)
            {
                foreach (var row in page.Items) await writer.Write(file.Cells(row), stop);
                if (page.NextCursor is null) break;
            }
            await writer.End(stop);
        }
        catch (Exception e) when (http.Response.HasStarted)
        {
            // without its end: what has come must not look like the whole
            if (!stop.IsCancellationRequested) Log(http).LogError(e, "The export of {File} broke off", file.Code);
            http.Abort();
        }
    }

    private static ILogger Log(HttpContext http) =>
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ExportEndpoints));

    /// <summary>What was exported, for the access log: requests.xlsx?status=closed, 1234. Of words that are looked for, which may be about
    /// a citizen, only that there were some.</summary>
    private static string Described(HttpContext http, string code, ExportFormat format, int rows)
    {
        var filters = http.Request.Query.Where(q => q.Key is not (ExportsList.Format or ExportsList.Personal))
            .Select(q => $"{q.Key}={(q.Key is "q" or "phone" ? "*" : q.Value)}");
        return $"{$"{code}.{format.Name}?{string.Join('&', filters)}".TrimEnd('?')}, {rows.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>The list's handler, to be asked for other pages than the one that was asked for.</summary>
    private sealed class ListHandler(MethodInfo handler, EndpointFilterDelegate next)
    {
        private readonly string?[] _parameters = [.. handler.GetParameters().Select(p => p.Name)];

        /// <summary>A page of the list, or what the handler refuses.</summary>
        public async Task<object?> Page(EndpointFilterInvocationContext call, string? cursor)
        {
            var export = call.Arguments.OfType<Export>().FirstOrDefault();
            if (export is not null) export.Begins = cursor is null;
            Set("limit", PageRequest.Most);
            Set("cursor", cursor);
            var answer = await next(call);
            while (answer is INestedHttpResult nested) answer = nested.Result;
            return answer is IValueHttpResult { Value: { } page } and IStatusCodeHttpResult { StatusCode: 200 } ? page : answer;

            void Set(string name, object? value)
            {
                if (Array.IndexOf(_parameters, name) is >= 0 and var at) call.Arguments[at] = value;
            }
        }
    }
}
