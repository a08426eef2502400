namespace Hotline.AppHost.Description;

/// <summary>A setting that services read.</summary>
/// <param name="Name">As an environment variable; one that ends with __* stands for all that begin like it.</param>
/// <param name="Meaning">One line for whoever runs the platform.</param>
/// <param name="Source">Who says what it is.</param>
/// <param name="Default">What holds where nobody says; empty where nothing does.</param>
public sealed record SettingDescription(string Name, string Meaning, SettingSource Source, string Default = "")
{
    /// <summary>Whether it has several values: Name__0, Name__1, …</summary>
    public bool IsList { get; init; }

    /// <summary>Whether only the preparation needs it.</summary>
    public bool IsForPreparation { get; init; }

    /// <summary>One that whoever runs the platform may choose.</summary>
    public static SettingDescription Chosen(string name, string meaning, string @default) =>
        new(name, meaning, new SettingSource.Chosen(), @default);

    /// <summary>A list that whoever runs the platform may choose.</summary>
    public static SettingDescription ChosenList(string name, string meaning, string @default) =>
        Chosen(name, meaning, @default) with { IsList = true };
}

/// <summary>Where the value of a setting comes from.</summary>
public abstract record SettingSource
{
    /// <summary>Whoever runs the platform may say; the code has a default.</summary>
    public sealed record Chosen : SettingSource;

    /// <summary>The platform's address as browsers and clients see it. Whoever runs the platform may say; else the gateway's own.</summary>
    public sealed record PublicUrl : SettingSource;

    /// <summary>Random characters, made at the first start: at least 32.</summary>
    /// <param name="Name">Settings that name the same secret have the same value.</param>
    public sealed record Secret(string Name) : SettingSource
    {
        /// <summary>Whether data is lost with another value. Such a secret may be brought along by whoever runs the platform,
        /// once.</summary>
        public bool IsForEver { get; init; }
    }

    /// <summary>A PEM file with certificate and private key. Whoever runs the platform may say which; else one is made at the first
    /// start.</summary>
    /// <param name="Name">Name of the file, without its ending.</param>
    public sealed record Certificate(string Name) : SettingSource;

    /// <summary>A file that a service writes, readable by its owner alone, below the folder where the platform keeps its state. Only for a
    /// platform on one machine.</summary>
    public sealed record StateFile(string Path) : SettingSource;

    /// <summary>A folder that all services share and that is backed up, below the folder where the platform keeps its state.</summary>
    public sealed record StateFolder(string Path) : SettingSource;
}
