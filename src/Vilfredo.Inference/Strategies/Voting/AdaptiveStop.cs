namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>When an adaptive vote asks for no more attempts.</summary>
public enum AdaptiveStop
{
    /// <summary>When the leading answer cannot be caught by the attempts that are left: the same winner as the full vote.</summary>
    Exact,

    /// <summary>When the leading answer is the more frequent of the first two with enough probability, by a Beta posterior (Aggarwal et al., arXiv 2305.11860).</summary>
    Posterior,

    /// <summary>When no number of further attempts is worth its price, by what they are expected to change under a Dirichlet posterior of the answers.</summary>
    Value,
}
