using System.Globalization;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>Cuts texts to numbers of tokens.</summary>
internal static class TokenCut
{
    /// <summary>The longest beginning with so many tokens.</summary>
    public static string First(string text, int tokens, ITokenCounter counter) => Longest(text.Length, length => Whole(text, 0, length), tokens, counter);

    /// <summary>The longest end with so many tokens.</summary>
    public static string Last(string text, int tokens, ITokenCounter counter) => Longest(text.Length, length => Whole(text, text.Length - length, length), tokens, counter);

    /// <summary>Drafts behind each other as the prompts have them, each cut from its beginning to the same number of tokens where all have too many.</summary>
    public static (string Text, bool IsCut) Together(IReadOnlyList<Draft> drafts, int tokens, ITokenCounter counter, RefinementPrompts prompts)
    {
        var full = Joined(drafts.Select(draft => draft.Shown), prompts);
        if (counter.Count(full) <= tokens)
            return (full, false);
        var (few, many, best) = (0, tokens, "");
        while (few <= many)
        {
            var each = few + (many - few) / 2;
            var text = Joined(drafts.Select(draft => Last(draft.Shown, each, counter)), prompts);
            if (counter.Count(text) <= tokens)
                (few, best) = (each + 1, text);
            else
                many = each - 1;
        }

        // Not even the headings fit.
        return (best.Length > 0 ? best : Last(full, tokens, counter), true);
    }

    private static string Joined(IEnumerable<string> texts, RefinementPrompts prompts) => texts.ToList() is [var one]
        ? one
        : string.Join(prompts.DraftSeparator, texts.Select((text, i) => PromptTemplate.Fill(prompts.Draft, ("number", (i + 1).ToString(CultureInfo.InvariantCulture)), ("draft", text))));

    // Cutting tokens in two may make more of them, so the result of the search is counted again.
    private static string Longest(int length, Func<int, string> cut, int tokens, ITokenCounter counter)
    {
        if (counter.Count(cut(length)) <= tokens)
            return cut(length);
        var (few, many) = (0, length);
        while (few < many)
        {
            var middle = few + (many - few + 1) / 2;
            if (counter.Count(cut(middle)) <= tokens)
                few = middle;
            else
                many = middle - 1;
        }

        while (few > 0 && counter.Count(cut(few)) > tokens)
            few--;
        return cut(few);
    }

    // Never half of a surrogate pair.
    private static string Whole(string text, int start, int length)
    {
        if (length > 0 && start > 0 && char.IsLowSurrogate(text[start]))
            (start, length) = (start + 1, length - 1);
        if (length > 0 && char.IsHighSurrogate(text[start + length - 1]))
            length--;
        return text.Substring(start, length);
    }
}
