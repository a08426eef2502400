namespace Hotline.Wire;

/// <summary>What is shown or given: it does not print what it holds, which may be about a citizen, and its names are not loaded by the
/// browser for printing (12 KB).</summary>
public abstract record Shown
{
    /// <inheritdoc/>
    public sealed override string ToString() => GetType().Name;
}
