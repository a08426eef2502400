namespace Hotline.Wire.Identity;

/// <param name="Name">Shown in timelines where the system acts; at most 50 characters.</param>
/// <param name="Role">operator, supervisor, cti or ops.</param>
public sealed record SystemInput(string? Name, string? Role) : Shown;

/// <param name="BuiltIn">Made by the deployment (the verb provision, which keeps its secret in Identity:CredentialsFile).</param>
public sealed record SystemView(string ClientId, string Name, string Role, DateTimeOffset? CreatedAt, bool BuiltIn) : Shown;

/// <summary>A system's credential, with its secret, which is shown once: only its hash is kept.</summary>
public sealed record SystemCredential(string ClientId, string ClientSecret, string Name, string Role) : Shown;

/// <summary>A client's id and its secret, which is shown once: only its hash is kept.</summary>
public sealed record ClientCredentials(string ClientId, string ClientSecret) : Shown;

public sealed record CredentialView(string ClientId) : Shown;
