using System.Runtime.CompilerServices;

namespace Vilfredo.Sorting;

/// <summary>A buffer that a workspace keeps between calls: 64-byte aligned, pinned, growing by doubling, never shrinking.</summary>
/// <remarks>
/// <see cref="Pointer"/> is valid while this object is reachable, and the compiler drops an object after its last use: a
/// method that works with pointers ends with <see cref="GC.KeepAlive"/> on itself. Nothing is freed by hand: the memory is
/// an array of the pinned heap.
/// </remarks>
internal sealed unsafe class PinnedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;
    private byte[] memory = [];

    /// <summary>The first element.</summary>
    public T* Pointer { get; private set; }

    /// <summary>How many elements fit.</summary>
    public int Length { get; private set; }

    /// <summary>Makes room for <paramref name="size"/> elements and returns the first; contents are lost when it grows.</summary>
    public T* Ensure(int size)
    {
        if (size > Length) Allocate(size);
        return Pointer;
    }

    /// <summary>Makes room for <paramref name="size"/> elements and returns the first; contents are kept, new elements are undefined.</summary>
    public T* Grow(int size)
    {
        if (size <= Length) return Pointer;
        var (old, oldMemory, kept) = ((nint)Pointer, memory, Length);
        Allocate(size);
        new ReadOnlySpan<T>((T*)old, kept).CopyTo(new Span<T>(Pointer, kept));
        GC.KeepAlive(oldMemory);
        return Pointer;
    }

    private void Allocate(int size)
    {
        var largest = (Array.MaxLength - Alignment) / sizeof(T);
        if (size > largest)
            throw new ArgumentException($"The set needs a buffer of {size} elements of {sizeof(T)} bytes, above the limit of {largest}; split the set.");
        size = (int)Math.Min(Math.Max(16, Math.Max(size, 2L * Length)), largest);
        memory = GC.AllocateUninitializedArray<byte>(size * sizeof(T) + Alignment, pinned: true);
        var address = (nint)Unsafe.AsPointer(ref memory[0]);
        Pointer = (T*)((address + Alignment - 1) & ~(nint)(Alignment - 1));
        Length = size;
    }
}
