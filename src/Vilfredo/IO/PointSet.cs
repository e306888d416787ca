namespace Vilfredo.IO;

/// <summary>One data set of a <see cref="PointFile"/>: consecutive points, with the lines they came from.</summary>
public sealed class PointSet
{
    private readonly ReadOnlyMemory<double> _values;
    private readonly ReadOnlyMemory<long> _lines;
    private readonly LineTexts? _texts;
    private readonly int _firstText;

    internal PointSet(int columns, ReadOnlyMemory<double> values, ReadOnlyMemory<long> lines, LineTexts? texts, int firstText)
    {
        Columns = columns;
        _values = values;
        _lines = lines;
        _texts = texts;
        _firstText = firstText;
    }

    /// <summary>Values per point.</summary>
    public int Columns { get; }

    /// <summary>The number of points, at least 1.</summary>
    public int Count => _lines.Length;

    /// <summary>All values, row-major, <see cref="Columns"/> per point, in the order of the file.</summary>
    public ReadOnlySpan<double> Values => _values.Span;

    /// <summary>The values of one point.</summary>
    /// <param name="point">The index of the point within the set, from 0.</param>
    public ReadOnlySpan<double> Point(int point) => _values.Span.Slice(point * Columns, Columns);

    /// <summary>The line of the file a point stands on, counted from 1.</summary>
    /// <param name="point">The index of the point within the set, from 0.</param>
    public long Line(int point) => _lines.Span[point];

    /// <summary>The line of a point as it stands in the file (UTF-8, without its end of line).</summary>
    /// <param name="point">The index of the point within the set, from 0.</param>
    /// <exception cref="InvalidOperationException">The file was read without <see cref="PointFileOptions.KeepText"/>.</exception>
    public ReadOnlySpan<byte> Text(int point) => _texts is null
        ? throw new InvalidOperationException("The text of the lines was not kept; read the file with KeepText = true.")
        : _texts[_firstText + point];
}
