using Vilfredo.Inference.Agents.Search;

namespace Vilfredo.Inference.Agents.Memory;

/// <summary>Texts as counts of their words, folded into 1024 places by a hash and scaled to length 1: a similarity of texts that needs no model.</summary>
public static class WordVectors
{
    /// <summary>The dimension.</summary>
    public const int Dimension = 1024;

    /// <summary>The vector of a text; zero for a text without words.</summary>
    public static float[] Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var vector = new float[Dimension];
        foreach (var word in SearchWords.Of(text))
        {
            // FNV-1a: string.GetHashCode differs from process to process.
            var hash = 2166136261u;
            foreach (var letter in word)
                hash = (hash ^ letter) * 16777619u;
            vector[hash % Dimension]++;
        }

        var length = MathF.Sqrt(vector.Sum(value => value * value));
        if (length > 0)
        {
            for (var i = 0; i < vector.Length; i++)
                vector[i] /= length;
        }

        return vector;
    }

    /// <summary>The cosine of the angle between two vectors of one dimension; 0 when one is zero.</summary>
    public static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length)
            throw new ArgumentException($"The vectors have {a.Length} and {b.Length} numbers; they must have the same number.", nameof(b));
        double product = 0, first = 0, second = 0;
        for (var i = 0; i < a.Length; i++)
        {
            product += (double)a[i] * b[i];
            first += (double)a[i] * a[i];
            second += (double)b[i] * b[i];
        }

        return first == 0 || second == 0 ? 0 : product / Math.Sqrt(first * second);
    }
}
