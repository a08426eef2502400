using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;

namespace Hotline.ServiceDefaults;

/// <summary>The keys that all processes share: they seal personal data and cookies.</summary>
public static class KeyRing
{
    /// <summary>Keys are kept in the folder <c>DataProtection:Path</c>, the same for all processes; losing it is losing all personal data.
    /// Where others can read the folder, <c>DataProtection:Certificate</c> (a PEM file with certificate and key) encrypts them.
    /// Development makes do without a folder: what one process seals nobody else can open.</summary>
    /// <exception cref="InvalidOperationException">No folder outside Development.</exception>
    public static void AddKeyRing(this IHostApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("hotline");
        if (builder.Configuration["DataProtection:Path"] is { Length: > 0 } path) protection.PersistKeysToFileSystem(new(path));
        else if (!builder.Environment.IsDevelopment())
            throw new InvalidOperationException("Set DataProtection__Path to a folder that all processes share and that is backed up");
        if (builder.Configuration["DataProtection:Certificate"] is { Length: > 0 } certificate)
            protection.ProtectKeysWithCertificate(X509Certificate2.CreateFromPemFile(certificate, certificate));
        builder.Services.AddSingleton<PersonalData>();
    }

    /// <summary>Makes the first key, before several processes at once would each make one.</summary>
    public static void MakeFirstKey(IServiceProvider services) => services.GetRequiredService<PersonalData>().Seal(Citizen.Erased);
}
