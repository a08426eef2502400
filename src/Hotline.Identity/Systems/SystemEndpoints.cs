using System.Buffers.Text;
using System.Text;
using FluentValidation;
using Hotline.Identity.Audit;
using Hotline.Identity.Clients;
using Hotline.Wire.Identity;

namespace Hotline.Identity.Systems;

internal sealed class SystemInputRules : AbstractValidator<SystemInput>
{
    private static readonly Text Role = new("role.unknown", "角色只能是 operator、supervisor、cti 或 ops",
        "The role must be operator, supervisor, cti or ops");

    private static readonly Text Pbx = new("pbx.invalid", "pbx 只用于角色 cti，须为 1 到 50 个字母、数字、点、横线",
        "pbx is for the role cti alone: 1 to 50 letters, digits, dots and dashes");

    public SystemInputRules()
    {
        RuleFor(s => s.Name).Words(50);
        RuleFor(s => s.Role).Must(r => SystemEndpoints.SystemRoles.Contains(r)).Says(Role);
        RuleFor(s => s.Pbx).Must((s, pbx) => s.Role == Roles.Cti && pbx!.Length is >= 1 and <= 50
            && pbx.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')).Says(Pbx).When(s => s.Pbx is not null);
    }
}

/// <summary>Credentials of systems: scripts, the telephone system, the city's other software. Vendors' own are at
/// /api/vendors/{id}/credentials.</summary>
public static class SystemEndpoints
{
    public static readonly string[] SystemRoles = [Roles.Operator, Roles.Supervisor, Roles.Cti, Roles.Ops];

    private static readonly Text BuiltIn = new("system.built-in",
        "该凭证由部署程序生成和保管，不能在此更换或删除；由运维人员重新生成，届时全部内置凭证和初始账号的密码一并更换",
        "The deployment made this credential and keeps it: those who run the platform renew it, all built-in ones and the first accounts' "
        + "passwords at once");

    private static readonly ExportFile<SystemView> Columns = new ExportFile<SystemView>("systems", "系统凭证", "Systems")
        .Words("名称", "Name", s => s.Name, 30)
        .Words("凭证编号", "Client id", s => s.ClientId, 40)
        .Word("角色", "Role", "Role", s => s.Role)
        .Moment("创建时间", "Created", s => s.CreatedAt)
        .Words("电话系统", "Telephone system", s => s.Pbx)
        .YesNo("内置", "Built in", s => s.BuiltIn);

    public static void MapSystems(this IEndpointRouteBuilder routes)
    {
        var systems = routes.MapGroup("/api/systems").WithTags("Systems").RequireAuthorization(Policies.Administration).AnswersOnce();
        systems.MapGet("/", List).WithName("listSystems").WithSummary("Systems that get tokens for themselves");
        systems.MapGet("/export", List).Exports("exportSystems", Columns);
        systems.MapPost("/", Create)
            .WithName("addSystem").WithSummary("A new system's credential; the secret is shown once")
            .ShowsSecretOnce().Validates<SystemInput>();
        systems.MapPost("/{clientId}/secret", Rotate)
            .WithName("rotateSystemSecret").WithSummary("A new secret, shown once; the old one and what was got with it are void")
            .ShowsSecretOnce().Refuses("system.built-in");
        systems.MapDelete("/{clientId}", Delete)
            .WithName("deleteSystem").WithSummary("The system gets no token any more, and those it has are void")
            .Refuses("system.built-in");
    }

    private static async Task<Ok<Page<SystemView>>> List(ClientRegistry clients, CancellationToken stop) =>
        TypedResults.Ok(new Page<SystemView>(
            [.. (await clients.Systems(stop))
                .Select(s => new SystemView(s.ClientId, s.Name, s.Role, s.CreatedAt, Provision.Makes(s.ClientId), s.Pbx, s.ClientId))],
                    null));

    private static Task<Created<SystemCredential>> Create(
        SystemInput input, Caller by, ClientRegistry clients, AccountChanges changes, CancellationToken stop) =>
        changes.Run(async () =>
        {
            var (name, role) = (input.Name!.Trim(), input.Role!);
            var issued = await clients.Issue($"system-{Guid.CreateVersion7():N}", name, role, null, stop, input.Pbx);
            await changes.Note(by, AuditActions.SystemCreated, issued.ClientId, name, $"role: {role}");
            return TypedResults.Created($"/api/systems/{issued.ClientId}",
                Credential(issued, name, role, input.Pbx));
        }, stop);

    private static SystemCredential Credential(ClientCredentials issued, string name, string role, string? pbx) => new(
        issued.ClientId, issued.ClientSecret, name, role, pbx, issued.ClientId,
        role == Roles.Cti ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{issued.ClientId}:{issued.ClientSecret}")) : null);

    private static Task<Results<Ok<SystemCredential>, ProblemHttpResult>> Rotate(
        string clientId, Caller by, ClientRegistry clients, AccountChanges changes, CancellationToken stop) =>
        changes.Run<Results<Ok<SystemCredential>, ProblemHttpResult>>(async () =>
        {
            if (await clients.Find(clientId, stop) is not { VendorId: null } system) return Problems.NotFound();
            if (Provision.Makes(clientId)) return new Refusal(BuiltIn).ToProblem();
            var issued = await clients.Issue(clientId, system.Name, system.Role, null, stop, system.Pbx);
            await changes.End(clientId);
            await changes.Note(by, AuditActions.SystemSecretGiven, clientId, system.Name);
            return TypedResults.Ok(Credential(issued, system.Name, system.Role, system.Pbx));
        }, stop);

    private static Task<Results<NoContent, ProblemHttpResult>> Delete(
        string clientId, Caller by, ClientRegistry clients, AccountChanges changes, CancellationToken stop) =>
        changes.Run<Results<NoContent, ProblemHttpResult>>(async () =>
        {
            if (await clients.Find(clientId, stop) is not { VendorId: null } system) return Problems.NotFound();
            if (Provision.Makes(clientId)) return new Refusal(BuiltIn).ToProblem();
            await clients.Revoke(clientId, stop);
            await changes.End(clientId);
            await changes.Note(by, AuditActions.SystemDeleted, clientId, system.Name);
            return TypedResults.NoContent();
        }, stop);
}
