namespace Vilfredo.Inference.Routing.Rules;

/// <summary>The contract of RouteLLM: the strong candidate answers where the probability that its answer is preferred to the weak one's reaches a threshold, and the weak one elsewhere.</summary>
public sealed record ThresholdRule : RoutingRule
{
    /// <summary>The threshold: 0 is always the strong candidate, above 1 always the weak one. Finite.</summary>
    public required double Threshold { get; init => field = double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(Threshold), value, "A threshold is finite."); }

    /// <summary>The strong candidate's name; null for the one of the highest mean quality.</summary>
    public string? Strong { get; init; }

    /// <summary>The weak candidate's name; null for the cheapest one beside the strong one.</summary>
    public string? Weak { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Rank(RoutePrediction prediction, IReadOnlyList<CandidateMeasure> candidates)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(candidates);
        var (strong, weak) = Pair(candidates);
        var isStrong = prediction.WinProbability(strong, weak) >= Threshold;
        var (first, second) = isStrong ? (strong, weak) : (weak, strong);
        return [first, .. first == second ? [] : (int[])[second], .. Descending(candidates, place => prediction.Quality[place]).Where(place => place != first && place != second)];
    }

    /// <summary>The places of the strong and the weak candidate.</summary>
    public (int Strong, int Weak) Pair(IReadOnlyList<CandidateMeasure> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var strong = Strong is null ? Descending(candidates, place => candidates[place].Quality)[0] : PlaceOf(Strong, candidates);
        var weak = Weak is not null ? PlaceOf(Weak, candidates) : Enumerable.Range(0, candidates.Count).Where(place => place != strong).DefaultIfEmpty(strong).MinBy(place => candidates[place].Cost);
        return (strong, weak);
    }

    internal override void Check(IReadOnlyList<CandidateMeasure> candidates) => Pair(candidates);

    private static int PlaceOf(string name, IReadOnlyList<CandidateMeasure> candidates) =>
        Enumerable.Range(0, candidates.Count).FirstOrDefault(place => candidates[place].Name == name, -1) is >= 0 and var place
            ? place
            : throw new FormatException($"The rule names the candidate '{name}'; there are {string.Join(", ", candidates.Select(candidate => candidate.Name))}.");
}
