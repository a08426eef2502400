using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Hotline.ServiceDefaults;

/// <summary>Roles that a token may carry, and policies named after who may pass.</summary>
public static class Roles
{
    /// <summary>接线员: takes calls, dispatches, calls back.</summary>
    public const string Operator = "operator";

    /// <summary>班长: all that an operator may, and admits, evaluates and sanctions vendors.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>加盟企业: its own orders and feedback.</summary>
    public const string Vendor = "vendor";

    /// <summary>The telephone system: registers calls.</summary>
    public const string Cti = "cti";

    /// <summary>Runs the platform.</summary>
    public const string Ops = "ops";

    /// <summary>管理员: manages people and systems, not orders.</summary>
    public const string Admin = "admin";
}

/// <summary>Policies: who may pass.</summary>
public static class Policies
{
    /// <summary>Operators and supervisors.</summary>
    public const string Desk = "desk";

    /// <summary>Operators, supervisors and the telephone system.</summary>
    public const string Intake = "intake";

    /// <summary>The telephone system.</summary>
    public const string Telephony = "telephony";

    /// <summary>Supervisors.</summary>
    public const string Supervision = "supervision";

    /// <summary>A vendor, for itself.</summary>
    public const string OwnVendor = "own-vendor";

    /// <summary>Those who run the platform.</summary>
    public const string Operations = "operations";

    /// <summary>Supervisors and admins: who manages people.</summary>
    public const string People = "people";

    /// <summary>Admins.</summary>
    public const string Administration = "administration";
}

/// <summary>Who is asking, as the access token says.</summary>
/// <param name="Id">Subject: user id or client id.</param>
/// <param name="Name">Shown in timelines; with the seat's number (工号) where there is one.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="VendorId">The vendor that a vendor's token stands for.</param>
/// <param name="Pbx">The telephone system that a telephone system's token speaks for; null = for any.</param>
public sealed record Caller(string Id, string Name, string Role, Guid? VendorId, string? Pbx = null)
{
    /// <summary>Reads the claims of an authenticated principal.</summary>
    public static Caller Of(ClaimsPrincipal user) => new(
        user.FindFirstValue("sub") ?? throw new InvalidOperationException("Not authenticated"),
        NameOf(user),
        user.FindFirstValue("role") ?? "",
        Guid.TryParse(user.FindFirstValue(Auth.VendorClaim), out var vendor) ? vendor : null,
        user.FindFirstValue(Auth.PbxClaim));

    /// <summary>An endpoint's parameter of this type is whoever asks.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult<Caller?>(Of(http.User));

    private static string NameOf(ClaimsPrincipal user)
    {
        var name = user.FindFirstValue("name") ?? user.FindFirstValue("sub")!;
        return user.FindFirstValue(Auth.StaffNumberClaim) is { Length: > 0 } number ? $"{name} {number}" : name;
    }

    /// <summary>The vendor of a caller who passed <see cref="Policies.OwnVendor"/>.</summary>
    public Guid OwnVendor => VendorId ?? throw new InvalidOperationException("Not a vendor's token");
}

/// <summary>Each service checks the access token itself; it does not trust the network or the gateway.</summary>
public static class Auth
{
    /// <summary>Audience of the platform's access tokens.</summary>
    public const string Audience = "hotline-api";

    /// <summary>Claim with the vendor's id in a vendor's token.</summary>
    public const string VendorClaim = "vendor_id";

    /// <summary>Claim with the name of a telephone system in its token.</summary>
    public const string PbxClaim = "pbx";

    /// <summary>Claim with the seat's number (工号) in the token of somebody who has one.</summary>
    public const string StaffNumberClaim = "staff_number";

    /// <summary>Bearer tokens of our Identity. Settings: services:identity:http:0, 1, … (where its keys are),
    /// Auth:Issuer (the gateway's public URL).</summary>
    public static void AddAuth(this IHostApplicationBuilder builder)
    {
        builder.AddIdentityClient();
        builder.AddRevocations();
        builder.Services.AddSingleton<TokenMemory>().AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IConfiguration, IHttpClientFactory, TokenMemory>((options, configuration, clients, tokens) =>
            {
                options.Backchannel = clients.CreateClient(IdentityClient.Name);
                options.MetadataAddress = new Uri(IdentityClient.Address, ".well-known/openid-configuration").ToString();
                options.RequireHttpsMetadata = false; // the address above is the inner network's; what is fetched are public keys
                tokens.MapInboundClaims = false;
                options.TokenHandlers.Clear();
                options.TokenHandlers.Add(tokens);
                options.SaveToken = false;
                options.RefreshInterval = TimeSpan.FromSeconds(10);
                options.TokenValidationParameters.ValidIssuer =
                    $"{(configuration["Auth:Issuer"] ?? "http://localhost:8080").TrimEnd('/')}/";
                options.TokenValidationParameters.ValidAudience = Audience;
                options.TokenValidationParameters.ValidTypes = ["at+jwt"];
                options.TokenValidationParameters.NameClaimType = "name";
                options.TokenValidationParameters.RoleClaimType = "role";
                options.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(5);
                options.Events = new() { OnChallenge = AdmitIgnorance };
            });
        builder.AddPolicies();
    }

    // Identity is away and this process, just started, has not got its keys: that is no fault of the token
    private static async Task AdmitIgnorance(JwtBearerChallengeContext context)
    {
        if (context.AuthenticateFailure is null) return;
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            context.HandleResponse();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>The policies alone, for a process that checks tokens in another way.</summary>
    public static void AddPolicies(this IHostApplicationBuilder builder) =>
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()) // a forgotten endpoint is closed
            .AddPolicy(Policies.Desk, p => p.RequireRole(Roles.Operator, Roles.Supervisor))
            .AddPolicy(Policies.Intake, p => p.RequireRole(Roles.Operator, Roles.Supervisor, Roles.Cti))
            .AddPolicy(Policies.Telephony, p => p.RequireRole(Roles.Cti))
            .AddPolicy(Policies.Supervision, p => p.RequireRole(Roles.Supervisor))
            .AddPolicy(Policies.OwnVendor, p => p.RequireRole(Roles.Vendor).RequireClaim(VendorClaim))
            .AddPolicy(Policies.Operations, p => p.RequireRole(Roles.Ops))
            .AddPolicy(Policies.People, p => p.RequireRole(Roles.Supervisor, Roles.Admin))
            .AddPolicy(Policies.Administration, p => p.RequireRole(Roles.Admin));
}
