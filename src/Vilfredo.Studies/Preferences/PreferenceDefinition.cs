namespace Vilfredo.Studies;

/// <summary>Which part of the frontier a study is to search. Everything is by objective, in its own direction and unit.</summary>
/// <remarks>
/// Samplers use it to decide where to look; results count as they always do, and the frontier shows all of them. Reference points and weights are for the samplers <c>rnsga2</c> and
/// <c>rnsga3</c>, ranges for every sampler that learns from results.
/// </remarks>
public sealed record PreferenceDefinition
{
    /// <summary>Points that one would like to reach, attainable or not; each has a value for every objective.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> ReferencePoints { get; init; } = [];

    /// <summary>How much each objective counts; 0 for one that is not named. Only ratios matter.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    /// <summary>The values of interest; points outside come behind all that are inside, by how far they are outside.</summary>
    public IReadOnlyDictionary<string, ObjectiveRange> Ranges { get; init; } = new Dictionary<string, ObjectiveRange>();

    /// <summary>Whether nothing is preferred.</summary>
    public bool IsEmpty => ReferencePoints.Count == 0 && Weights.Count == 0 && Ranges.Count == 0;

    /// <summary>Whether there are reference points or weights.</summary>
    internal bool HasDirection => ReferencePoints.Count > 0 || Weights.Count > 0;

    /// <summary>Checks names and numbers.</summary>
    /// <exception cref="ArgumentException">A name is unknown or missing, or a number makes no sense.</exception>
    internal void Validate(IReadOnlyList<ObjectiveDefinition> objectives)
    {
        foreach (var name in ReferencePoints.SelectMany(point => point.Keys).Concat(Weights.Keys).Concat(Ranges.Keys))
        {
            if (objectives.All(o => o.Objective.Name != name))
                throw new ArgumentException($"The preference names '{name}', which is no objective; there are: {string.Join(", ", objectives.Select(o => o.Objective.Name))}.");
        }

        foreach (var point in ReferencePoints)
        {
            if (objectives.FirstOrDefault(o => !point.ContainsKey(o.Objective.Name)) is { } missing)
                throw new ArgumentException($"A reference point has no value for '{missing.Objective.Name}'; give one for every objective, or use 'ranges' for some.");
            if (point.FirstOrDefault(entry => !double.IsFinite(entry.Value)) is { Key: not null } entry)
                throw new ArgumentException(FormattableString.Invariant($"The reference point's value of '{entry.Key}' is {entry.Value}; it must be finite."));
        }

        if (Weights.FirstOrDefault(entry => !(entry.Value >= 0 && double.IsFinite(entry.Value))) is { Key: not null } weight)
            throw new ArgumentException(FormattableString.Invariant($"The weight of '{weight.Key}' is {weight.Value}; weights are finite and not below 0."));
        if (Weights.Count > 0 && Weights.Values.All(value => value == 0))
            throw new ArgumentException("All weights are 0; give at least one above.");
        foreach (var (name, range) in Ranges)
        {
            if (range.Minimum is null && range.Maximum is null)
                throw new ArgumentException($"The range of '{name}' has no end; give min, max or both.");
            if (range.Minimum is { } low && !double.IsFinite(low) || range.Maximum is { } high && !double.IsFinite(high))
                throw new ArgumentException($"The ends of the range of '{name}' must be finite; leave out one that is open.");
            if (range.Minimum > range.Maximum)
                throw new ArgumentException(FormattableString.Invariant($"The range of '{name}' has min {range.Minimum} above max {range.Maximum}; swap them."));
        }
    }

    /// <summary>The reference points as a row-major matrix to be minimised.</summary>
    internal double[] MinimizedPoints(IReadOnlyList<ObjectiveDefinition> objectives) =>
        [.. ReferencePoints.SelectMany(point => objectives.Select(o => o.Objective.ToMinimization(point[o.Objective.Name])))];

    /// <summary>One weight per objective, or <see langword="null"/> for none.</summary>
    internal double[]? WeightsOf(IReadOnlyList<ObjectiveDefinition> objectives) =>
        Weights.Count == 0 ? null : [.. objectives.Select(o => Weights.GetValueOrDefault(o.Objective.Name))];

    /// <summary>How far outside the ranges values lie, above 0, or how deep inside, at most 0; one number per range.</summary>
    /// <param name="objectives">The objectives.</param>
    /// <param name="values">A trial's values in the user's direction.</param>
    internal IEnumerable<double> Excesses(IReadOnlyList<ObjectiveDefinition> objectives, IReadOnlyList<double> values)
    {
        for (var k = 0; k < objectives.Count; k++)
        {
            if (Ranges.TryGetValue(objectives[k].Objective.Name, out var range)) yield return range.Excess(values[k]);
        }
    }

    /// <summary>
    /// The violation by which evolution ranks a trial: above 1 for one that violates a constraint, in [0, 1) for one that satisfies all, 0 within the ranges.
    /// </summary>
    internal double Violation(IReadOnlyList<ObjectiveDefinition> objectives, TrialOutcome outcome)
    {
        if (outcome.TotalViolation > 0) return 1 + outcome.TotalViolation;
        var excess = Excesses(objectives, outcome.Values).Sum(value => Math.Max(0, value));
        return double.IsFinite(excess) ? excess / (1 + excess) : Math.BitDecrement(1.0);
    }
}
