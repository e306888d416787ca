using System.Text;

namespace Vilfredo.Neural.Chat;

/// <summary>Lets text through up to the first stop sequence; what may be the beginning of one is held back until that is known.</summary>
internal sealed class StopSequences(IReadOnlyCollection<string> sequences)
{
    private readonly StringBuilder _held = new();

    /// <summary>The text that has become safe to show, and whether a stop sequence has ended it.</summary>
    public (string Text, bool Stopped) Append(string piece)
    {
        var text = _held.Append(piece).ToString();
        _held.Clear();
        var first = sequences.Select(sequence => text.IndexOf(sequence, StringComparison.Ordinal)).Where(index => index >= 0).DefaultIfEmpty(-1).Min();
        if (first >= 0)
            return (text[..first], true);
        var held = sequences.Select(sequence => Overlap(text, sequence)).DefaultIfEmpty(0).Max();
        _held.Append(text.AsSpan(text.Length - held));
        return (text[..^held], false);
    }

    /// <summary>What is still held back: it was no stop sequence after all.</summary>
    public string Finish()
    {
        var text = _held.ToString();
        _held.Clear();
        return text;
    }

    /// <summary>How much of the end of the text is the beginning of the sequence.</summary>
    private static int Overlap(string text, string sequence)
    {
        for (var length = Math.Min(text.Length, sequence.Length - 1); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(sequence.AsSpan(0, length)))
                return length;
        }

        return 0;
    }
}
