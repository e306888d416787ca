namespace Vilfredo.Inference.Routing;

/// <summary>What a router expects of its candidates for one conversation.</summary>
/// <param name="Quality">The expected quality of each candidate's answer, such as the chance that it is right; in [0, 1].</param>
public sealed record RoutePrediction(IReadOnlyList<double> Quality)
{
    /// <summary>A strength of each candidate in natural log-odds, where the router ranks candidates against each other: the differences are what counts. Null where it predicts qualities alone.</summary>
    public IReadOnlyList<double>? Strength { get; init; }

    /// <summary>The cost that each candidate's answer is expected to have, for this very conversation; null where the router predicts none, and rules go by the candidates' means.</summary>
    public IReadOnlyList<double>? Cost { get; init; }

    /// <summary>
    /// The probability that one candidate's answer is preferred to another's, ties counting half: σ(difference of the strengths), or ½ + ½ (difference of the qualities) for answers that are right or wrong.
    /// It is the score that RouteLLM's routers give for its strong against its weak model.
    /// </summary>
    /// <param name="strong">The place of the one.</param>
    /// <param name="weak">The place of the other.</param>
    public double WinProbability(int strong, int weak) =>
        Strength is { } strength ? 1 / (1 + Math.Exp(strength[weak] - strength[strong])) : 0.5 + (0.5 * (Quality[strong] - Quality[weak]));
}
