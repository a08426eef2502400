using System.ComponentModel.DataAnnotations;

namespace Hotline.Identity;

/// <summary>Settings under Identity.</summary>
public sealed class IdentityOptions
{
    /// <summary>The gateway's URL as browsers and clients see it; the issuer of all tokens.</summary>
    [Required, Url]
    public string PublicUrl { get; init; } = "http://localhost:8080";

    /// <summary>PEM file with certificate and private key that sign tokens. Without one the process starts in Development only.</summary>
    public string? SigningCertificate { get; init; }

    /// <summary>PEM file with certificate and private key that encrypt authorization codes and refresh tokens.</summary>
    public string? EncryptionCertificate { get; init; }

    /// <summary>Secret of the gateway's own client.</summary>
    public string? GatewaySecret { get; init; }

    /// <summary>Where the verb provision writes fresh credentials.</summary>
    public string? CredentialsFile { get; init; }

    /// <summary>How long an access token is valid. What ends sooner is told to every service (Revocations),
    /// where Identity answers.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "12:00:00")]
    public TimeSpan AccessTokenLasts { get; init; } = TimeSpan.FromMinutes(30);
}
