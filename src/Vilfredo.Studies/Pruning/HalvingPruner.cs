namespace Vilfredo.Studies;

/// <summary>Asynchronous successive halving and Hyperband: at rungs of steps that grow by a factor, only the best part of the trials that have come there goes on. Any number of objectives.</summary>
/// <remarks>
/// <para>A trial at a rung goes on when it is among the best n / factor of the n trials that have reported there so far, itself included, and always when it is the best. With several
/// objectives "best" is by <see cref="RungOrder"/>. Sources: L. Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020 (ASHA, its stopping form); R. Schmucker et al., arXiv 2106.12639, for several objectives.</para>
/// <para>Hyperband (L. Li et al., JMLR 18, 2018) runs several such halvings whose first rungs lie at 1, factor, factor^2, ... times the first step; a trial belongs to one of them by its number,
/// in proportion to the trials that each can afford.</para>
/// </remarks>
internal sealed class HalvingPruner : IPruner
{
    /// <summary>The options of <c>asha</c>: the step of the first rung (1), and the factor between rungs (3).</summary>
    public static readonly string[] AshaOptionNames = ["min_steps", "reduction"];

    /// <summary>The options of <c>hyperband</c>: as of <c>asha</c>, and the step at which a trial is done (81).</summary>
    public static readonly string[] HyperbandOptionNames = [.. AshaOptionNames, "max_steps"];

    private readonly long minSteps;
    private readonly double factor;
    private readonly int[] brackets; // of trial number modulo its length

    private HalvingPruner(PrunerDefinition pruner, int[] brackets)
    {
        minSteps = (long)Pruners.Option(pruner, "min_steps", 1, 1, 1e15);
        factor = Pruners.Option(pruner, "reduction", 3, 2, 1e3, isWhole: false);
        this.brackets = brackets;
    }

    /// <summary>One halving.</summary>
    public static HalvingPruner Asha(PrunerDefinition pruner, StudyDefinition definition) => new(pruner, [0]);

    /// <summary>Several halvings side by side.</summary>
    public static HalvingPruner Hyperband(PrunerDefinition pruner, StudyDefinition definition)
    {
        var most = Pruners.Option(pruner, "max_steps", 81, 1, 1e15);
        var (least, eta) = (Pruners.Option(pruner, "min_steps", 1, 1, 1e15), Pruners.Option(pruner, "reduction", 3, 2, 1e3, isWhole: false));
        if (most < least)
            throw new ArgumentException(FormattableString.Invariant($"The pruner 'hyperband' has 'max_steps' {most} below 'min_steps' {least}; give the number of steps after which a trial is done."));
        var last = (int)Math.Floor(Math.Log(most / least, eta) + 1e-9);
        // Bracket s of the paper starts ceil((last + 1) / (s + 1) eta^s) trials at the step max / eta^s; here bracket b = last - s begins at min eta^b.
        return new(pruner, [.. Enumerable.Range(0, last + 1).SelectMany(b =>
        {
            var s = last - b;
            return Enumerable.Repeat(b, (int)Math.Ceiling((last + 1.0) / (s + 1) * Math.Pow(eta, s)));
        })]);
    }

    /// <inheritdoc/>
    public string? Decide(StudyState state, TrialRecord trial)
    {
        var bracket = BracketOf(trial.Number);
        var step = trial.Reports[^1].Step;
        var before = trial.Reports.Count > 1 ? trial.Reports[^2].Step : long.MinValue;
        // One report may pass several rungs; the last one is the judge.
        if (RungAt(step, bracket) is not { } rung || rung <= before) return null;
        var objectives = state.Definition.Objectives;
        var (numbers, values) = (new List<int>(), new List<double>());
        foreach (var other in state.Trials)
        {
            if (BracketOf(other.Number) != bracket || Rungs.At(other, rung) is not { } reported) continue;
            numbers.Add(other.Number);
            for (var j = 0; j < objectives.Count; j++) values.Add(objectives[j].Objective.ToMinimization(reported[j]));
        }

        var goOn = Math.Max(1, (int)(numbers.Count / factor));
        var place = Array.FindIndex(RungOrder.Of(values.ToArray(), objectives.Count), i => numbers[i] == trial.Number);
        return place < goOn ? null : FormattableString.Invariant($"at step {rung} it was {place + 1} of {numbers.Count}, and the best {goOn} go on");
    }

    private int BracketOf(int trial) => brackets[trial % brackets.Length];

    // The highest rung at or below a step: min factor^bracket times a power of the factor.
    private long? RungAt(long step, int bracket)
    {
        var rung = minSteps * Math.Pow(factor, bracket);
        if (step < Math.Ceiling(rung)) return null;
        while (Math.Ceiling(rung * factor) <= step) rung *= factor;
        return (long)Math.Ceiling(rung);
    }
}
