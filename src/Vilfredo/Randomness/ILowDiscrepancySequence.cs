namespace Vilfredo;

/// <summary>
/// An endless sequence of points that fill the unit cube [0, 1)^d more evenly than random ones. Point i depends on i
/// only, so workers can share a sequence by index, and a stopped search goes on where it was.
/// </summary>
/// <remarks>Reading points by index is thread-safe; <see cref="Next"/> and <see cref="Skip"/> belong to one thread.</remarks>
public interface ILowDiscrepancySequence
{
    /// <summary>The number of coordinates of a point.</summary>
    int Dimension { get; }

    /// <summary>The index of the point that <see cref="Next"/> gives next; 0 at the start.</summary>
    long Position { get; }

    /// <summary>Writes the point at <see cref="Position"/> and moves on by one.</summary>
    /// <param name="point">Receives <see cref="Dimension"/> coordinates in [0, 1).</param>
    /// <exception cref="ArgumentException"><paramref name="point"/> does not have <see cref="Dimension"/> elements.</exception>
    void Next(Span<double> point);

    /// <summary>Moves <see cref="Position"/> by a number of points without computing them.</summary>
    /// <param name="count">How far to move; negative moves back.</param>
    /// <exception cref="ArgumentOutOfRangeException">The new position is outside the sequence.</exception>
    void Skip(long count);

    /// <summary>Writes the point of an index; <see cref="Position"/> stays.</summary>
    /// <param name="index">The index of the point, from 0.</param>
    /// <param name="point">Receives <see cref="Dimension"/> coordinates in [0, 1).</param>
    /// <exception cref="ArgumentException"><paramref name="point"/> does not have <see cref="Dimension"/> elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is outside the sequence.</exception>
    void At(long index, Span<double> point);
}
