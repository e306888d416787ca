using System.Text.Json.Serialization;

namespace Vilfredo.Inference.Routing.Rules;

/// <summary>Decides from a prediction which candidate answers.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ThresholdRule), "threshold")]
[JsonDerivedType(typeof(UtilityRule), "utility")]
[JsonDerivedType(typeof(QualityTargetRule), "quality")]
[JsonDerivedType(typeof(MultiFactorRule), "multi_factor")]
public abstract record RoutingRule
{
    private protected RoutingRule()
    {
    }

    /// <summary>The places of all candidates, the one that answers first; the others follow in the order in which they step in when it fails.</summary>
    /// <param name="prediction">What is expected of the candidates.</param>
    /// <param name="candidates">What is known of them, in the same order.</param>
    public abstract IReadOnlyList<int> Rank(RoutePrediction prediction, IReadOnlyList<CandidateMeasure> candidates);

    /// <summary>Refuses a rule that cannot be followed with these candidates.</summary>
    /// <exception cref="FormatException">It names a candidate that is not there.</exception>
    internal virtual void Check(IReadOnlyList<CandidateMeasure> candidates)
    {
    }

    /// <summary>What a candidate's answer is expected to cost.</summary>
    internal static double CostOf(RoutePrediction prediction, IReadOnlyList<CandidateMeasure> candidates, int place) => prediction.Cost?[place] ?? candidates[place].Cost;

    /// <summary>Places by a value, the highest first, the cheaper of equals first.</summary>
    private protected static IReadOnlyList<int> Descending(IReadOnlyList<CandidateMeasure> candidates, Func<int, double> value) =>
        [.. Enumerable.Range(0, candidates.Count).OrderByDescending(value).ThenBy(place => candidates[place].Cost).ThenBy(place => place)];
}
