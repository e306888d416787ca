using System.Runtime.InteropServices;

namespace Vilfredo.Indicators;

/// <summary>
/// A block of native memory, 64-byte aligned for vector loads, that parts are cut from in order and that is freed as one.
/// </summary>
/// <remarks>One allocation per computation whatever the number of points; nothing for the garbage collector.</remarks>
internal sealed unsafe class Scratch : IDisposable
{
    private const int Alignment = 64;
    private byte* block;
    private nuint used;
    private readonly nuint size;

    public Scratch(nuint bytes)
    {
        size = bytes;
        block = (byte*)NativeMemory.AlignedAlloc(bytes, Alignment);
    }

    /// <summary>The bytes that <see cref="Take{T}"/> uses for <paramref name="count"/> items, alignment included.</summary>
    public static nuint Bytes<T>(nint count)
        where T : unmanaged => ((nuint)count * (nuint)sizeof(T) + Alignment - 1) & ~(nuint)(Alignment - 1);

    /// <summary>The next <paramref name="count"/> items, uninitialised.</summary>
    public T* Take<T>(nint count)
        where T : unmanaged
    {
        var part = (T*)(block + used);
        used += Bytes<T>(count);
        if (used > size)
            throw new InvalidOperationException("A hypervolume routine asked for more scratch memory than it reserved.");
        return part;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(block);
        block = null;
    }
}
