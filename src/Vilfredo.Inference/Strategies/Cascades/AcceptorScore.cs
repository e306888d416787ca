using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>How good an answer seems.</summary>
/// <param name="Score">In [0, 1], higher for better.</param>
/// <param name="Answer">The answer.</param>
public readonly record struct AcceptorScore(double Score, Candidate Answer);
