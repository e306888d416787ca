using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Refinement.Distilling;

/// <summary>What one call of the next round is told about the drafts so far.</summary>
/// <param name="Text">The text; empty where there is nothing to tell, so that the call answers the question alone.</param>
/// <param name="Sources">The calls that it was made from, which the reader waits for.</param>
public sealed record Workspace(string Text, IReadOnlyList<Candidate> Sources)
{
    /// <summary>Nothing.</summary>
    public static readonly Workspace Empty = new("", []);

    /// <summary>The one draft that is the whole workspace, where it is one; then a refinement of it is asked for.</summary>
    public Draft? Only { get; init; }
}
