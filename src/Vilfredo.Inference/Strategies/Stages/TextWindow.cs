using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Stages;

/// <summary>Parts of texts that have at most some tokens by a counter.</summary>
internal static class TextWindow
{
    /// <summary>The longest end of a text with at most so many tokens.</summary>
    public static string Last(string text, int tokens, ITokenCounter counter) => text[^Longest(text.Length, length => counter.Count(text[^length..]) <= tokens)..];

    /// <summary>Cuts a text into pieces of at most so many tokens, at the last blank line, line, sentence or word of a piece where there is one in its second half. The pieces together are the text.</summary>
    public static IReadOnlyList<string> Chunks(string text, int tokens, ITokenCounter counter)
    {
        var chunks = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var from = start;
            var length = Math.Max(1, Longest(text.Length - start, count => counter.Count(text.Substring(from, count)) <= tokens));
            if (start + length < text.Length)
                length = Break(text.AsSpan(start, length));
            chunks.Add(text.Substring(start, length));
            start += length;
        }

        return chunks;
    }

    private static int Break(ReadOnlySpan<char> piece)
    {
        foreach (var mark in (string[])["\n\n", "\n", ". ", " "])
        {
            var at = piece.LastIndexOf(mark, StringComparison.Ordinal);
            if (at + mark.Length > piece.Length / 2)
                return at + mark.Length;
        }

        // Surrogate pairs stay together.
        return piece.Length > 1 && char.IsHighSurrogate(piece[^1]) ? piece.Length - 1 : piece.Length;
    }

    // The most characters that fit. Longer texts have more tokens but for a rounding, so halving finds it; a text that fits whole is not searched.
    private static int Longest(int length, Func<int, bool> fits)
    {
        if (fits(length))
            return length;
        var (few, many) = (0, length - 1);
        while (few < many)
        {
            var middle = few + (many - few + 1) / 2;
            if (fits(middle))
                few = middle;
            else
                many = middle - 1;
        }

        return few;
    }
}
