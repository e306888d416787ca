namespace Vilfredo.IO;

/// <summary>The texts of many lines in one block of memory.</summary>
internal sealed class LineTexts
{
    private readonly List<byte> _bytes = [];
    private readonly List<int> _ends = [];

    /// <summary>The number of lines.</summary>
    public int Count => _ends.Count;

    /// <summary>The text of a line.</summary>
    public ReadOnlySpan<byte> this[int line]
    {
        get
        {
            var start = line == 0 ? 0 : _ends[line - 1];
            return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes)[start.._ends[line]];
        }
    }

    /// <summary>Appends a line.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        _bytes.AddRange(text);
        _ends.Add(_bytes.Count);
    }
}
