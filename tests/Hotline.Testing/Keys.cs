using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.DataProtection;

namespace Hotline.Testing;

/// <summary>The key ring of all services under test, so that a test can seal and open what they do.</summary>
public static class Keys
{
    public static string Folder { get; } = Directory.CreateTempSubdirectory("hotline-keys-").FullName;

    public static PersonalData Personal { get; } =
        new(DataProtectionProvider.Create(new DirectoryInfo(Folder), options => options.SetApplicationName("hotline")));

    /// <summary>Settings that every service needs.</summary>
    public static (string Key, string Value)[] Settings { get; } =
        [("DataProtection:Path", Folder), ("PersonalData:HashKey", "for tests only, no secret of any platform")];
}
