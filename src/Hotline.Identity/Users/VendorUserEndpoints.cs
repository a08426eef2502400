using FluentValidation;
using Hotline.Identity.Clients;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hotline.Identity.Users;

/// <param name="Username">3 to 40 letters, digits, dots, hyphens or underscores.</param>
/// <param name="DisplayName">Shown in timelines; the vendor's name if not given.</param>
public sealed record VendorUserInput(string? Username, string? DisplayName);

internal sealed class VendorUserInputRules : AbstractValidator<VendorUserInput>
{
    private static readonly Text Username = new("username.invalid", "用户名须为 3 到 40 个字母、数字、点、短横或下划线", "A user name has 3 to 40 letters, digits, dots, hyphens or underscores");

    public VendorUserInputRules()
    {
        RuleFor(u => u.Username).Must(u => u is not null && System.Text.RegularExpressions.Regex.IsMatch(u, @"\A[A-Za-z0-9._-]{3,40}\z")).Says(Username);
        RuleFor(u => u.DisplayName).OptionalWords(50);
    }
}

/// <summary>A user's name and password, which is shown once: only its hash is kept.</summary>
public sealed record UserCredentials(string Username, string Password);

/// <param name="Locked">For a while, after wrong passwords.</param>
public sealed record VendorUserView(string Username, string DisplayName, bool Locked);

/// <summary>People of a vendor, who use the vendor page: a small vendor has a phone, not a system.</summary>
public static class VendorUserEndpoints
{
    private const int MostUsers = 50;
    private static readonly Text Taken = new("username.taken", "该用户名已被使用,请换一个", "This user name is taken: choose another");
    private static readonly Text TooMany = new("vendor.too-many-users", "每家企业最多 50 个用户", "A vendor has at most 50 users");

    public static void MapVendorUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/vendors/{id:guid}/users").WithTags("Credentials").RequireAuthorization(Policies.Supervision).AnswersOnce();
        users.MapPost("/", Create)
            .WithName("addVendorUser").WithSummary("A person of the vendor who may sign in; the password is shown once")
            .Refuses("vendor.terminated", "username.taken", "vendor.too-many-users").Validates<VendorUserInput>().ShowsSecretOnce();
        users.MapGet("/", List).WithName("listVendorUsers").WithSummary("People of the vendor who may sign in");
        users.MapPost("/{username}/password", Reset)
            .WithName("resetVendorUserPassword").WithSummary("Give a new password, shown once; also unlocks").ShowsSecretOnce();
        users.MapDelete("/{username}", Remove).WithName("removeVendorUser").WithSummary("The person may not sign in any more");
    }

    private static async Task<Results<Created<UserCredentials>, ProblemHttpResult>> Create(Guid id, VendorUserInput input, VendorAccess access, UserManager<User> users, CancellationToken stop)
    {
        if (await Eventually.Find(id, () => access.Find(id, stop), stop) is not { } vendor) return Problems.NotFound();
        if (!vendor.MayHaveTokens) return new Refusal(CredentialEndpoints.Terminated, CurrentStatus: vendor.Standing).ToProblem();
        if (await users.Users.CountAsync(u => u.VendorId == id, stop) >= MostUsers) return new Refusal(TooMany).ToProblem();
        var password = Passwords.New();
        var user = new User { UserName = input.Username, DisplayName = input.DisplayName?.Trim() is { Length: > 0 } name ? name : vendor.Name, Role = Roles.Vendor, VendorId = id };
        try
        {
            var result = await users.CreateAsync(user, password);
            if (result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.DuplicateUserName))) return new Refusal(Taken).ToProblem();
            if (!result.Succeeded) throw new InvalidOperationException(string.Join("; ", result.Errors.Select(e => e.Description)));
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            return new Refusal(Taken).ToProblem(); // two at once
        }
        return TypedResults.Created($"/api/vendors/{id}/users/{user.UserName}", new UserCredentials(user.UserName!, password));
    }

    private static async Task<Results<Ok<Page<VendorUserView>>, ProblemHttpResult>> List(Guid id, VendorAccess access, UserManager<User> users, TimeProvider clock, CancellationToken stop)
    {
        if (await Eventually.Find(id, () => access.Find(id, stop), stop) is null) return Problems.NotFound();
        var now = clock.GetUtcNow();
        var found = await users.Users.Where(u => u.VendorId == id).OrderBy(u => u.UserName).ToListAsync(stop);
        return TypedResults.Ok(new Page<VendorUserView>([.. found.Select(u => new VendorUserView(u.UserName!, u.DisplayName, u.LockoutEnd > now))], null));
    }

    private static async Task<Results<Ok<UserCredentials>, ProblemHttpResult>> Reset(Guid id, string username, UserManager<User> users)
    {
        if (await Own(id, username, users) is not { } user) return Problems.NotFound();
        var password = Passwords.New();
        var result = await users.Reset(user, password);
        return result.Succeeded ? TypedResults.Ok(new UserCredentials(user.UserName!, password)) : throw new InvalidOperationException(string.Join("; ", result.Errors.Select(e => e.Description)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(Guid id, string username, UserManager<User> users)
    {
        if (await Own(id, username, users) is not { } user) return Problems.NotFound();
        await users.DeleteAsync(user);
        return TypedResults.NoContent();
    }

    private static async Task<User?> Own(Guid vendor, string username, UserManager<User> users) =>
        await users.FindByNameAsync(username) is { } user && user.VendorId == vendor ? user : null;
}
