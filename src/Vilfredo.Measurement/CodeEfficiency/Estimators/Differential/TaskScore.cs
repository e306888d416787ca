namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

/// <summary>A model's scores on one task.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="PassRate">The share of right samples, 0 to 1.</param>
/// <param name="Score">The mean differential performance score of the profiled samples, 0 to 100; <see langword="null"/> when too few were right.</param>
/// <param name="Normalized">The mean normalised score, 0 to 100; <see langword="null"/> with <paramref name="Score"/>.</param>
public sealed record TaskScore(string Task, double PassRate, double? Score, double? Normalized)
{
    /// <summary>Whether a profiled sample was cut off too early for its score to be known; it counts as 0.</summary>
    public bool HasUncertainMatch { get; init; }

    /// <summary>Scores the profiled samples of a model.</summary>
    /// <param name="ladder">The task's references, measured beside the samples.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <param name="correct">How many samples are right.</param>
    /// <param name="profiled">
    /// The costs of the right samples in the order of the samples; <see langword="null"/> for one whose run on the heavy input broke.
    /// Those beyond the protocol's number are not used.
    /// </param>
    /// <param name="protocol"><see langword="null"/> for <see cref="ScoringProtocol.Current"/>.</param>
    /// <exception cref="ArgumentException">The numbers do not agree with each other, or too few right samples were profiled.</exception>
    public static TaskScore Of(
        ReferenceLadder ladder, int samples, int correct, IReadOnlyList<CensoredValue?> profiled, ScoringProtocol? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        ArgumentNullException.ThrowIfNull(profiled);
        protocol ??= ScoringProtocol.Current;
        ArgumentOutOfRangeException.ThrowIfLessThan(protocol.MinCorrect, 1, nameof(protocol));
        ArgumentOutOfRangeException.ThrowIfLessThan(protocol.MaxProfiled, 1, nameof(protocol));
        if (samples < 1 || correct < 0 || correct > samples)
            throw new ArgumentException($"{ladder.Task}: {correct} of {samples} samples are right; that cannot be.", nameof(correct));
        var passRate = (double)correct / samples;
        if (correct < protocol.MinCorrect) return new TaskScore(ladder.Task, passRate, null, null);
        var wanted = Math.Min(correct, protocol.MaxProfiled);
        if (profiled.Count < wanted || profiled.Count > correct)
        {
            throw new ArgumentException(
                $"{ladder.Task}: {profiled.Count} costs were given, but of {correct} right samples {wanted} are profiled.", nameof(profiled));
        }

        var matches = profiled.Take(wanted).Select(ladder.Match).ToList();
        return new TaskScore(ladder.Task, passRate, matches.Average(match => match.Score), matches.Average(match => match.Normalized))
        {
            HasUncertainMatch = matches.Any(match => !match.IsCertain),
        };
    }
}
