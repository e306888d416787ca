namespace Vilfredo.Inference.Running;

/// <summary>A hash of texts that is the same in every process and on every machine, unlike <see cref="string.GetHashCode()"/>: FNV-1a over UTF-16 code units or UTF-8 bytes.</summary>
internal static class StableHash
{
    private const ulong Basis = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    /// <summary>The hash of the UTF-8 bytes of a text.</summary>
    public static ulong Of(string text) => Of(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>The hash of bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Basis;
        foreach (var value in bytes)
            hash = (hash ^ value) * Prime;
        return hash;
    }

    /// <summary>The hash of characters, byte by byte.</summary>
    public static ulong Of(ReadOnlySpan<char> characters) => Of(System.Runtime.InteropServices.MemoryMarshal.AsBytes(characters));
}
