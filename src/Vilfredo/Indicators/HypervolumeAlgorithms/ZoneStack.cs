using System.Runtime.InteropServices;

namespace Vilfredo.Indicators;

/// <summary>A search zone.</summary>
/// <remarks>Each part is written and read whole: a load that spans two earlier stores stalls.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 16)]
internal struct Zone<TSet, TRow>
    where TSet : unmanaged, IPointSet<TSet>
    where TRow : unmanaged, IRankRow<TRow>
{
    /// <summary>The points of a block that can end the zone.</summary>
    public TSet Points;

    /// <summary>Per objective: the number of the point that defines the zone's bound.</summary>
    public TRow Defining;

    /// <summary>The block.</summary>
    public int Block;
}

/// <summary>The zones still to be looked at, in memory that grows when it must.</summary>
internal sealed unsafe class ZoneStack<TSet, TRow> : IDisposable
    where TSet : unmanaged, IPointSet<TSet>
    where TRow : unmanaged, IRankRow<TRow>
{
    private Scratch memory;
    private int capacity = 256;

    /// <summary>The stack with one zone: everything below the reference, which all points of the first block can end.</summary>
    public ZoneStack(ZoneTables<TSet, TRow> tables)
    {
        memory = new Scratch(Scratch.Bytes<Zone<TSet, TRow>>(capacity));
        Zones = memory.Take<Zone<TSet, TRow>>(capacity);
        *Zones = new Zone<TSet, TRow> { Points = tables.Full(0) };
        for (var j = 0; j < tables.Dimensions; j++)
            TRow.Set(&Zones->Defining, j, tables.Count + j);
    }

    /// <summary>The zones from the bottom; moves when the stack grows.</summary>
    public Zone<TSet, TRow>* Zones { get; private set; }

    /// <summary>Makes room for so many zones in all.</summary>
    public void EnsureRoom(int zones)
    {
        if (zones > capacity)
            Grow();
    }

    public void Dispose() => memory.Dispose();

    private void Grow()
    {
        var larger = new Scratch(Scratch.Bytes<Zone<TSet, TRow>>(2 * (nint)capacity));
        var target = larger.Take<Zone<TSet, TRow>>(2 * (nint)capacity);
        NativeMemory.Copy(Zones, target, (nuint)capacity * (nuint)sizeof(Zone<TSet, TRow>));
        memory.Dispose();
        memory = larger;
        Zones = target;
        capacity *= 2;
    }
}
