using Hotline.Identity.Audit;
using Hotline.Wire.Identity;

namespace Hotline.Identity.Clients;

/// <summary>A vendor's credential: one at a time, rotated by asking again, revoked by deleting.</summary>
public static class CredentialEndpoints
{
    internal static readonly Text Terminated = new("vendor.terminated", "该企业已解除加盟，不能发放凭证",
        "The vendor was removed from the alliance and gets no credential");

    public static void MapCredentials(this IEndpointRouteBuilder routes)
    {
        var credentials = routes.MapGroup("/api/vendors/{id:guid}/credentials").WithTags("Credentials")
            .RequireAuthorization(Policies.Supervision).AnswersOnce();
        credentials.MapPost("/", Issue)
            .WithName("issueVendorCredential")
            .WithSummary("Issue or rotate a vendor's credential; the secret is shown once, and what was got with the old one is void")
            .ShowsSecretOnce().Refuses("vendor.terminated");
        credentials.MapGet("/", Get).WithName("getVendorCredential").WithSummary("Whether a vendor has a credential");
        credentials.MapDelete("/", Revoke).WithName("revokeVendorCredential").WithSummary("Revoke a vendor's credential");
    }

    internal static string ClientIdOf(Guid vendor) => $"vendor-{vendor:N}";

    private static async Task<Results<Created<ClientCredentials>, ProblemHttpResult>> Issue(
        Guid id, Caller by, ClientRegistry clients, VendorAccess access, AccountChanges changes, CancellationToken stop)
    {
        if (await Eventually.Find(id, () => access.Find(id, stop), stop) is not { } vendor) return Problems.NotFound();
        if (!vendor.MayHaveTokens) return new Refusal(Terminated, CurrentStatus: vendor.Standing).ToProblem();
        return await changes.Run(async () =>
        {
            if (await clients.Exists(ClientIdOf(id), stop)) await changes.End(ClientIdOf(id));
            var issued = await clients.Issue(ClientIdOf(id), vendor.Name, Roles.Vendor, id, stop);
            await changes.Note(by, AuditActions.SystemSecretGiven, issued.ClientId, vendor.Name);
            return TypedResults.Created($"/api/vendors/{id}/credentials", issued);
        }, stop);
    }

    private static async Task<Results<Ok<CredentialView>, ProblemHttpResult>> Get(
        Guid id, ClientRegistry clients, CancellationToken stop) =>
        await clients.Exists(ClientIdOf(id), stop) ? TypedResults.Ok(new CredentialView(ClientIdOf(id))) : Problems.NotFound();

    private static Task<Results<NoContent, ProblemHttpResult>> Revoke(
        Guid id, Caller by, ClientRegistry clients, AccountChanges changes, CancellationToken stop) =>
        changes.Run<Results<NoContent, ProblemHttpResult>>(async () =>
        {
            if (!await clients.Revoke(ClientIdOf(id), stop)) return Problems.NotFound();
            await changes.End(ClientIdOf(id));
            await changes.Note(by, AuditActions.SystemDeleted, ClientIdOf(id), null);
            return TypedResults.NoContent();
        }, stop);
}
