using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>A version of the answer that later calls may improve on.</summary>
/// <param name="Candidate">The response that it is of.</param>
/// <param name="Text">What others are shown of it: the written answer, without thinking.</param>
/// <param name="Critique">The reply of a critic; null where none was asked.</param>
public sealed record Draft(Candidate Candidate, string Text, Candidate? Critique = null)
{
    /// <summary>The text with the critic's, as it is shown.</summary>
    public string Shown => Critique is null ? Text : $"{Text}\n[Review]\n{Critique.Text}";

    /// <summary>The calls that it took.</summary>
    public IReadOnlyList<Candidate> Sources => Critique is null ? [Candidate] : [Candidate, Critique];

    /// <summary>A response as a draft. Thinking that the response marks with <c>&lt;/think&gt;</c>, or gives as content of its own, is left out.</summary>
    public static Draft Of(Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return new(candidate, ShownText.WithoutThinking(candidate.Text));
    }
}
