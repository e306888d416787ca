using System.Buffers;
using System.Runtime.InteropServices;

namespace Vilfredo.Indicators;

/// <summary>
/// A block of pinned memory, aligned for vector loads, that parts are cut from in order and that is given back as one.
/// </summary>
/// <remarks>
/// Blocks come from the shared array pool: fresh memory costs a page fault per 4 KiB, which is more than what most
/// hypervolumes of a few hundred points take. Very large blocks come from the operating system and go back to it.
/// </remarks>
internal sealed unsafe class Scratch : IDisposable
{
    /// <summary>The bytes of a cache line and of the widest vector.</summary>
    private const int Alignment = 64;

    private const nuint LargestPooled = 1 << 28;

    private byte[]? pooled;
    private GCHandle pin;
    private readonly byte* end;
    private byte* free;
    private byte* block;

    /// <summary>A block with room for parts of <paramref name="bytes"/> in all, see <see cref="Bytes{T}"/>.</summary>
    public Scratch(nuint bytes)
    {
        if (bytes <= LargestPooled)
        {
            pooled = ArrayPool<byte>.Shared.Rent((int)bytes + Alignment);
            pin = GCHandle.Alloc(pooled, GCHandleType.Pinned);
            var start = (nuint)pin.AddrOfPinnedObject();
            free = (byte*)((start + Alignment - 1) & ~(nuint)(Alignment - 1));
        }
        else
        {
            free = block = (byte*)NativeMemory.AlignedAlloc(bytes, Alignment);
        }

        end = free + bytes;
    }

    /// <summary>The bytes that <see cref="Take{T}"/> uses for <paramref name="count"/> items, alignment included.</summary>
    public static nuint Bytes<T>(nint count)
        where T : unmanaged => ((nuint)count * (nuint)sizeof(T) + Alignment - 1) & ~(nuint)(Alignment - 1);

    /// <summary>The next <paramref name="count"/> items, uninitialised.</summary>
    public T* Take<T>(nint count)
        where T : unmanaged
    {
        var part = (T*)free;
        free += Bytes<T>(count);
        if (free > end)
            throw new InvalidOperationException("A hypervolume routine asked for more scratch memory than it reserved.");
        return part;
    }

    /// <summary>Gives the block back; its parts must not be used any more.</summary>
    public void Dispose()
    {
        if (pooled is not null)
        {
            pin.Free();
            ArrayPool<byte>.Shared.Return(pooled);
            pooled = null;
        }

        NativeMemory.AlignedFree(block);
        block = null;
    }
}
