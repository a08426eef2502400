using FluentValidation;
using Hotline.Identity.Audit;
using Hotline.Identity.Clients;
using Hotline.Identity.Staff;
using Hotline.Wire.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hotline.Identity.Users;

internal sealed class VendorUserInputRules : AbstractValidator<VendorUserInput>
{
    public VendorUserInputRules()
    {
        RuleFor(u => u.Username).Must(StaffRules.IsUsername).Says(StaffRules.Username);
        RuleFor(u => u.DisplayName).OptionalWords(50);
    }
}

/// <summary>People of a vendor, who use the vendor page: a small vendor has a phone, not a system.</summary>
public static class VendorUserEndpoints
{
    private const int MostUsers = 50;
    private static readonly Text TooMany = new("vendor.too-many-users", "每家企业最多 50 个用户", "A vendor has at most 50 users");

    public static void MapVendorUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/vendors/{id:guid}/users").WithTags("Credentials").RequireAuthorization(Policies.Supervision)
            .AnswersOnce();
        users.MapPost("/", Create)
            .WithName("addVendorUser").WithSummary("A person of the vendor who may sign in; the password is shown once")
            .ShowsSecretOnce().Refuses("vendor.terminated", "username.taken", "vendor.too-many-users").Validates<VendorUserInput>();
        users.MapGet("/", List).WithName("listVendorUsers")
            .WithSummary("Who of the vendor may sign in: its people, and the credential of its system");
        users.MapPost("/{username}/password", Reset)
            .WithName("resetVendorUserPassword").WithSummary("Give a new password, shown once; also unlocks, and signs out everywhere")
            .ShowsSecretOnce();
        users.MapDelete("/{username}", Remove).WithName("removeVendorUser").WithSummary("The person may not sign in any more");
    }

    private static async Task<Results<Created<UserCredentials>, ProblemHttpResult>> Create(
        Guid id, VendorUserInput input, Caller by, VendorAccess access, UserManager<User> users, AccountChanges changes,
        TimeProvider clock, CancellationToken stop)
    {
        if (await Eventually.Find(id, () => access.Find(id, stop), stop) is not { } vendor) return Problems.NotFound();
        if (!vendor.MayHaveTokens) return new Refusal(CredentialEndpoints.Terminated, CurrentStatus: vendor.Standing).ToProblem();
        return await changes.Run<Results<Created<UserCredentials>, ProblemHttpResult>>(async () =>
        {
            if (await users.Users.CountAsync(u => u.VendorId == id, stop) >= MostUsers) return new Refusal(TooMany).ToProblem();
            if (await users.FindByNameAsync(input.Username!) is not null)
                return Refusal.Conflict(("username", StaffEndpoints.Taken)).ToProblem();
            var password = Passwords.New();
            var name = input.DisplayName?.Trim() is { Length: > 0 } given ? given : vendor.Name;
            var user = new User
            { UserName = input.Username, DisplayName = name, Role = Roles.Vendor, VendorId = id, CreatedAt = clock.GetUtcNow() };
            AccountChanges.Must(await users.CreateAsync(user, password));
            await changes.Note(by, AuditActions.Created, user.Id.ToString(), user.UserName, $"vendor: {vendor.Name}");
            return TypedResults.Created($"/api/vendors/{id}/users/{user.UserName}", new UserCredentials(user.UserName!, password));
        }, stop);
    }

    private static async Task<Results<Ok<VendorSignIns>, ProblemHttpResult>> List(
        Guid id, VendorAccess access, ClientRegistry clients, UserManager<User> users, TimeProvider clock, CancellationToken stop)
    {
        if (await Eventually.Find(id, () => access.Find(id, stop), stop) is null) return Problems.NotFound();
        var now = clock.GetUtcNow();
        var found = await users.Users.Where(u => u.VendorId == id).OrderBy(u => u.UserName).ToListAsync(stop);
        var people = found.Select(u => new VendorUserView(u.UserName!, u.DisplayName, u.LockoutEnd > now)).ToList();
        var client = CredentialEndpoints.ClientIdOf(id);
        return TypedResults.Ok(new VendorSignIns(people, null, await clients.Exists(client, stop) ? client : null));
    }

    private static Task<Results<Ok<UserCredentials>, ProblemHttpResult>> Reset(
        Guid id, string username, Caller by, UserManager<User> users, AccountChanges changes, CancellationToken stop) =>
        changes.Run<Results<Ok<UserCredentials>, ProblemHttpResult>>(async () =>
        {
            if (await Own(id, username, users) is not { } user) return Problems.NotFound();
            var password = Passwords.New();
            AccountChanges.Must(await users.Reset(user, password));
            await changes.End(user.Id.ToString());
            await changes.Note(by, AuditActions.PasswordGiven, user.Id.ToString(), user.UserName);
            return TypedResults.Ok(new UserCredentials(user.UserName!, password));
        }, stop);

    private static Task<Results<NoContent, ProblemHttpResult>> Remove(
        Guid id, string username, Caller by, UserManager<User> users, AccountChanges changes, CancellationToken stop) =>
        changes.Run<Results<NoContent, ProblemHttpResult>>(async () =>
        {
            if (await Own(id, username, users) is not { } user) return Problems.NotFound();
            AccountChanges.Must(await users.DeleteAsync(user));
            await changes.End(user.Id.ToString());
            await changes.Note(by, AuditActions.Deleted, user.Id.ToString(), user.UserName);
            return TypedResults.NoContent();
        }, stop);

    private static async Task<User?> Own(Guid vendor, string username, UserManager<User> users) =>
        await users.FindByNameAsync(username) is { } user && user.VendorId == vendor ? user : null;
}
