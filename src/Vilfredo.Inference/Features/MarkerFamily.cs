namespace Vilfredo.Inference.Features;

/// <summary>A family of words and phrases whose frequency says something about a response.</summary>
/// <param name="Name">Its name, such as <c>hedging</c>.</param>
/// <param name="Phrases">The phrases, each of one or more words; found as whole words, whatever their case.</param>
public sealed record MarkerFamily(string Name, IReadOnlyList<string> Phrases)
{
    /// <summary>Words of doubt.</summary>
    public static MarkerFamily Hedging { get; } = new("hedging", ["perhaps", "maybe", "might", "possibly", "not sure", "i think", "seems"]);

    /// <summary>Words with which a writer interrupts and corrects itself.</summary>
    public static MarkerFamily Thinking { get; } = new("thinking", ["wait", "hmm", "alternatively", "let me check", "actually", "hold on", "on second thought"]);

    /// <summary>Words that order an argument.</summary>
    public static MarkerFamily Discourse { get; } = new("discourse", ["so", "therefore", "thus", "first", "second", "next", "then", "because", "hence", "finally"]);

    /// <summary>The three families that Wang et al. (arXiv 2504.14047) name. The paper's own lists are not public; these are ours, for English.</summary>
    public static IReadOnlyList<MarkerFamily> English { get; } = [Hedging, Thinking, Discourse];
}
