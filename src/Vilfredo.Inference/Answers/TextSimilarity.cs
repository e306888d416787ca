using System.Text.RegularExpressions;

namespace Vilfredo.Inference.Answers;

/// <summary>How alike two texts are by what is written, without a model: the Sørensen–Dice coefficient of their multisets of three characters.</summary>
/// <remarks>
/// Letters are compared without case, white space counts as one blank, and a blank stands before and behind the text.
/// With a and b such triples in the texts and c in both, each counted as often as it occurs, the similarity is 2c / (a + b): symmetric, 1 for equal texts, 0 for texts without a triple in common. Linear in the lengths.
/// </remarks>
public static partial class TextSimilarity
{
    /// <summary>The similarity of two texts, in [0, 1]; that of two empty texts is 1.</summary>
    public static double Of(string first, string second) => Of(Profile(first), Profile(second));

    /// <summary>The triples of a text, with how often each occurs.</summary>
    internal static IReadOnlyDictionary<string, int> Profile(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = Spaces().Replace(text, " ").Trim().ToLowerInvariant();
        var padded = words.Length == 0 ? "" : $" {words} ";
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i + 3 <= padded.Length; i++)
        {
            var triple = padded.Substring(i, 3);
            counts[triple] = counts.GetValueOrDefault(triple) + 1;
        }

        return counts;
    }

    internal static double Of(IReadOnlyDictionary<string, int> first, IReadOnlyDictionary<string, int> second)
    {
        var all = first.Values.Sum() + second.Values.Sum();
        if (all == 0)
            return 1;
        var (few, many) = first.Count <= second.Count ? (first, second) : (second, first);
        return 2.0 * few.Sum(pair => Math.Min(pair.Value, many.GetValueOrDefault(pair.Key))) / all;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
