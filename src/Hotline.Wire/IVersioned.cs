namespace Hotline.Wire;

/// <summary>An aggregate, or a view of one, whose version grows by one with each change and is the answer's ETag.</summary>
public interface IVersioned
{
    /// <summary>1 for the first.</summary>
    int Version { get; }

    /// <summary>What else than version and language changes what is shown; part of the ETag. None by default.</summary>
    string Variant => "";
}
