using System.Numerics;

namespace Hotline.Catalogue;

/// <summary>Which letters a text has, folded into 64 bits: tells in a nanosecond of most texts that they cannot be in another, nor be
/// nearly it.</summary>
internal readonly record struct LetterSet(ulong Bits)
{
    public static LetterSet Of(ReadOnlySpan<char> text)
    {
        var bits = 0UL;
        foreach (var c in text) bits |= 1UL << (int)((c * 0x9E3779B1u) >> 26);
        return new(bits);
    }

    /// <summary>Whether a text with these letters may be in one with the others.</summary>
    public bool MayBeIn(LetterSet others) => (Bits & ~others.Bits) == 0;

    /// <summary>Whether one letter more, less or another may make the difference.</summary>
    public bool MayBeNear(LetterSet other) => BitOperations.PopCount(Bits ^ other.Bits) <= 2;

    /// <summary>Whether they may have letters in common.</summary>
    public bool Shares(LetterSet other) => (Bits & other.Bits) != 0;
}
