namespace Hotline.Wire.Identity;

/// <param name="Name">Shown in timelines where the system acts; at most 50 characters.</param>
/// <param name="Role">operator, supervisor, cti or ops.</param>
/// <param name="Pbx">Of role cti: the telephone system that it speaks for, and alone for that; 1 to 50 letters, digits, dots
/// and dashes.</param>
public sealed record SystemInput(string? Name, string? Role, string? Pbx = null) : Shown;

/// <param name="BuiltIn">Made by the deployment (the verb provision, which keeps its secret in Identity:CredentialsFile).</param>
/// <param name="Id">The client id.</param>
/// <param name="Pbx">The telephone system that it speaks for; none = for any.</param>
public sealed record SystemView(
    string ClientId, string Name, string Role, DateTimeOffset? CreatedAt, bool BuiltIn, string? Pbx, string Id) : Shown;

/// <summary>A system's credential, with its secret, which is shown once: only its hash is kept.</summary>
/// <param name="Id">The client id.</param>
/// <param name="Token">Of role cti: for POST /api/calls/cti/{token}, in the form of Zammad and sipgate.io.</param>
public sealed record SystemCredential(
    string ClientId, string ClientSecret, string Name, string Role, string? Pbx, string Id, string? Token) : Shown;

/// <summary>A client's id and its secret, which is shown once: only its hash is kept.</summary>
public sealed record ClientCredentials(string ClientId, string ClientSecret) : Shown;

public sealed record CredentialView(string ClientId) : Shown;
