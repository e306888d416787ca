namespace Vilfredo.Studies;

/// <summary>What one evaluation of a trial gave: measured values, or the reason why there are none.</summary>
/// <remarks>Values are in the user's direction and unit. Build one with the factory methods.</remarks>
public sealed record TrialOutcome
{
    private static readonly Dictionary<string, double> NoMetrics = [];

    private TrialOutcome(OutcomeKind kind) => Kind = kind;

    /// <summary>How the evaluation ended.</summary>
    public OutcomeKind Kind { get; private init; }

    /// <summary>
    /// The value of each objective (the mean over <see cref="Samples"/>); empty when there is none. For a timed-out
    /// trial see <see cref="LowerBounds"/> instead.
    /// </summary>
    public double[] Values { get; private init; } = [];

    /// <summary>The repeats behind the values: one row of objective values per repeat.</summary>
    public double[][] Samples { get; private init; } = [];

    /// <summary>For a timed-out trial: per objective "at least this", or NaN where nothing is known. Else empty.</summary>
    public double[] LowerBounds { get; private init; } = [];

    /// <summary>Per measured constraint, by how much it is violated (0: it holds). Empty when there are none.</summary>
    public double[] Violations { get; init; } = [];

    /// <summary>Further measured values by name: metrics that are not objectives, costs included.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = NoMetrics;

    /// <summary>
    /// The derivatives of the objectives, when the measurement knows them: one row per objective, one number per knob in the order of the trial's configuration, in the
    /// user's direction and units. Empty when it does not. Samplers that follow gradients use them in place of differences.
    /// </summary>
    public double[][] Gradients { get; init; } = [];

    /// <summary>Why there is no result, or what is wrong with it.</summary>
    public string? Reason { get; init; }

    /// <summary>The last lines that the evaluation printed.</summary>
    public string? Output { get; init; }

    /// <summary>How long the evaluation took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether the outcome holds a value for every objective.</summary>
    public bool HasValues => Kind is OutcomeKind.Completed or OutcomeKind.Infeasible;

    /// <summary>The sum of the constraint violations.</summary>
    public double TotalViolation => Violations.Sum();

    /// <summary>A measurement.</summary>
    /// <param name="values">One finite value per objective, in the user's direction.</param>
    public static TrialOutcome Measured(params double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TrialOutcome(OutcomeKind.Completed) { Values = values, Samples = [values] };
    }

    /// <summary>A measurement with repeats; its values are the means.</summary>
    /// <param name="samples">One row of finite objective values per repeat, at least one.</param>
    /// <exception cref="InvalidResultException">There is no repeat, or the rows differ in length.</exception>
    public static TrialOutcome MeasuredRepeatedly(double[][] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Length == 0) throw new InvalidResultException("A measurement needs at least one repeat.");
        var values = new double[samples[0].Length];
        foreach (var row in samples)
        {
            if (row.Length != values.Length)
                throw new InvalidResultException($"One repeat gave {values.Length} values and another {row.Length}; every repeat gives one per objective.");
            for (var i = 0; i < values.Length; i++) values[i] += row[i] / samples.Length;
        }

        return new TrialOutcome(OutcomeKind.Completed) { Values = samples.Length == 1 ? samples[0] : values, Samples = samples };
    }

    /// <summary>The same measurement with the violations of the measured constraints; infeasible when one is above 0.</summary>
    /// <exception cref="InvalidOperationException">There are no values.</exception>
    public TrialOutcome WithViolations(double[] violations)
    {
        ArgumentNullException.ThrowIfNull(violations);
        if (!HasValues) throw new InvalidOperationException("Only a measurement can violate a measured constraint.");
        var infeasible = Array.Exists(violations, v => v > 0);
        return this with { Kind = infeasible ? OutcomeKind.Infeasible : OutcomeKind.Completed, Violations = violations };
    }

    /// <summary>An evaluation that gave no usable result.</summary>
    public static TrialOutcome Failed(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new TrialOutcome(OutcomeKind.Failed) { Reason = reason };
    }

    /// <summary>An evaluation that the time limit ended.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="lowerBounds">Per objective "at least this", NaN where nothing is known; empty when nothing is known at all.</param>
    public static TrialOutcome TimedOut(TimeSpan limit, double[]? lowerBounds = null) => new(OutcomeKind.TimedOut)
    {
        Reason = FormattableString.Invariant($"no result within the time limit of {limit.TotalSeconds:0.###} s"),
        LowerBounds = lowerBounds ?? [],
        Duration = limit,
    };

    /// <summary>An evaluation that was ended because it did not look worth going on.</summary>
    public static TrialOutcome Pruned(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new TrialOutcome(OutcomeKind.Pruned) { Reason = reason };
    }

    /// <summary>An evaluation that the user ended.</summary>
    public static TrialOutcome Cancelled(string reason = "stopped by the user") => new(OutcomeKind.Cancelled) { Reason = reason };

    /// <summary>Refuses an outcome that must not enter a study.</summary>
    /// <param name="objectives">The number of objectives of the study.</param>
    /// <exception cref="InvalidResultException">A value is missing, NaN or infinite, or there are too many.</exception>
    public void Validate(int objectives)
    {
        if (HasValues)
        {
            if (Values.Length != objectives)
                throw new InvalidResultException($"The result has {Values.Length} values but the study has {objectives} objectives; tell one value per objective.");
            RequireFinite(Values, "objective");
            foreach (var row in Samples) RequireFinite(row, "objective");
            RequireFinite(Violations, "constraint violation");
            if (Gradients.Length != 0 && Gradients.Length != objectives)
                throw new InvalidResultException($"The result has {Gradients.Length} gradients but the study has {objectives} objectives; tell one for each, or none.");
            foreach (var row in Gradients) RequireFinite(row, "gradient component");
        }
        else if (LowerBounds.Length != 0 && LowerBounds.Length != objectives)
        {
            throw new InvalidResultException($"The timed-out result has {LowerBounds.Length} lower bounds but the study has {objectives} objectives.");
        }

        foreach (var (name, value) in Metrics)
        {
            if (!double.IsFinite(value))
                throw new InvalidResultException($"The metric '{name}' is {value}; tell a finite number, or tell the trial as failed.");
        }
    }

    /// <summary>Refuses gradients that do not have one component per knob of the trial.</summary>
    /// <exception cref="InvalidResultException">One has not.</exception>
    internal void ValidateGradients(Configuration configuration)
    {
        foreach (var row in Gradients)
        {
            if (row.Length != configuration.Count)
                throw new InvalidResultException($"A gradient has {row.Length} components but the trial has {configuration.Count} knobs; tell one for each, in the order of its configuration.");
        }
    }

    /// <summary>The same outcome for other objectives, without violations.</summary>
    /// <param name="places">Where each of the new objectives stands among the old.</param>
    /// <param name="metrics">The metrics that are kept.</param>
    internal TrialOutcome For(int[] places, IReadOnlySet<string> metrics)
    {
        double[] Pick(double[] row) => row.Length == 0 ? [] : [.. places.Select(place => row[place])];
        return this with
        {
            Kind = Kind == OutcomeKind.Infeasible ? OutcomeKind.Completed : Kind,
            Values = Pick(Values),
            Samples = [.. Samples.Select(Pick)],
            LowerBounds = Pick(LowerBounds),
            Gradients = Gradients.Length == 0 ? [] : [.. places.Select(place => Gradients[place])],
            Violations = [],
            Metrics = Metrics.Where(metric => metrics.Contains(metric.Key)).ToDictionary(),
        };
    }

    internal static TrialOutcome Restore(OutcomeKind kind, double[] values, double[][] samples, double[] lowerBounds) =>
        new(kind) { Values = values, Samples = samples, LowerBounds = lowerBounds };

    private static void RequireFinite(double[] values, string what)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw new InvalidResultException($"The value {values[i]} of {what} {i + 1} is not a finite number; tell a finite number, or tell the trial as failed.");
        }
    }
}
