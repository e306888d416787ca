using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Search.Chains;

/// <summary>What a node of a search over texts holds: the responses on the way to it, whole answers or steps.</summary>
/// <param name="Parts">The responses, the first one first.</param>
public sealed record ReasoningChain(IReadOnlyList<Candidate> Parts)
{
    /// <summary>Nothing yet.</summary>
    public static readonly ReasoningChain Empty = new([]);

    /// <summary>The last response; null where there is none.</summary>
    public Candidate? Last => Parts.Count == 0 ? null : Parts[^1];

    /// <summary>The texts, with blank lines between them.</summary>
    public string Text => string.Join("\n\n", Parts.Select(part => part.Shown().Trim()));

    /// <summary>The chain with a response more.</summary>
    public ReasoningChain With(Candidate part) => new([.. Parts, part]);
}
