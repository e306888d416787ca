using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Vilfredo.Sorting;

/// <summary>Asks for memory that a loop in sorted order will need: its rows are anywhere, and nothing else foresees them.</summary>
internal static unsafe class Prefetch
{
    /// <summary>How many points ahead to ask; a few times what one point's work hides.</summary>
    public const int Distance = 24;

    /// <summary>Starts to load the line of an address where the processor can; otherwise does nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(void* address)
    {
        if (Sse.IsSupported) Sse.Prefetch0(address);
    }
}
