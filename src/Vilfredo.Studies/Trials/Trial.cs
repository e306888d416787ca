namespace Vilfredo.Studies;

/// <summary>A trial that has been given out: its knobs to read, and in a define-by-run study the place to ask for them.</summary>
/// <remarks>Belongs to the worker that asked for it; not thread-safe.</remarks>
public sealed class Trial
{
    private readonly ulong seed;
    private readonly Func<Trial, StepReport, string?>? report;
    private Dictionary<string, double>? metrics;
    private readonly List<Knob> chosenKnobs = [];
    private readonly List<KeyValuePair<string, KnobValue>> chosen = [];

    internal Trial(TrialRecord record, StudyDefinition definition, Func<Trial, StepReport, string?>? report = null)
    {
        this.report = report;
        Number = record.Number;
        Attempt = record.Attempt;
        RepeatOf = record.RepeatOf;
        Proposal = record.Configuration;
        seed = definition.Seed;
    }

    /// <summary>The trial's number, counted from 0.</summary>
    public int Number { get; }

    /// <summary>How often the trial has been given out; a result belongs to one attempt.</summary>
    public int Attempt { get; }

    /// <summary>The trial whose configuration is measured again, or <see langword="null"/>.</summary>
    public int? RepeatOf { get; }

    /// <summary>The knobs that are set: what has been asked for by <c>Suggest...</c>, or else the proposal.</summary>
    public Configuration Configuration => chosen.Count == 0 ? Proposal : new Configuration(chosen);

    /// <summary>Further values to record with the result: metrics that are not objectives, such as money spent.</summary>
    public Dictionary<string, double> Metrics => metrics ??= new(StringComparer.Ordinal);

    /// <summary>The derivatives of the objectives to record with the result; see <see cref="TrialOutcome.Gradients"/>. Empty when they are not known.</summary>
    public double[][] Gradients { get; set; } = [];

    internal bool HasMetrics => metrics is { Count: > 0 };

    internal Configuration Proposal { get; }

    /// <summary>The outcome with what the trial has noted beside it.</summary>
    internal TrialOutcome Complete(TrialOutcome outcome)
    {
        if (HasMetrics) outcome = outcome with { Metrics = Metrics };
        return Gradients.Length > 0 && outcome.HasValues ? outcome with { Gradients = Gradients } : outcome;
    }

    internal IReadOnlyList<Knob> ChosenKnobs => chosenKnobs;

    /// <summary>Why the study's pruner wants the trial to end; <see langword="null"/> when it does not, or there is none.</summary>
    public string? PruningReason { get; private set; }

    /// <summary>Tells how far the trial is and what it has by then, so that an unpromising one can be ended.</summary>
    /// <param name="step">How far it is, such as epochs; at least 0, and more than at the last report.</param>
    /// <param name="values">One finite value per objective as it stands now, in the user's direction.</param>
    /// <returns>Whether the trial should end now: throw a <see cref="TrialPrunedException"/>, or tell <see cref="TrialOutcome.Pruned"/>.</returns>
    /// <exception cref="InvalidResultException">The report is refused; the message says why. The study is unchanged.</exception>
    public bool Report(long step, params double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        PruningReason = report?.Invoke(this, new StepReport(step, [.. values]));
        return PruningReason is not null;
    }

    /// <summary>Ends the trial as pruned.</summary>
    /// <exception cref="TrialPrunedException">Always.</exception>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public void Prune() => throw (PruningReason is { } reason ? new TrialPrunedException(reason) : new TrialPrunedException());

    /// <summary>
    /// A generator for the objective's own random choices: independent streams for each trial, the same when the trial is
    /// given out again.
    /// </summary>
    /// <param name="stream">Which of the trial's streams.</param>
    public RandomGenerator Random(ulong stream = 0) => new(seed ^ 0x9E3779B97F4A7C15UL * ((ulong)Number + 1), stream);

    /// <summary>The value of an active float knob.</summary>
    /// <exception cref="KeyNotFoundException">The knob is not active.</exception>
    public double Float(string name) => Configuration[name].Number;

    /// <summary>The value of an active integer knob.</summary>
    /// <exception cref="KeyNotFoundException">The knob is not active.</exception>
    public long Integer(string name) => (long)Configuration[name].Number;

    /// <summary>The value of an active categorical knob, or the items of an active order as one text.</summary>
    /// <exception cref="KeyNotFoundException">The knob is not active.</exception>
    public string Choice(string name) => Configuration[name].Text;

    /// <summary>Whether a knob is active.</summary>
    public bool Has(string name) => Configuration.TryGet(name, out _);

    /// <summary>Define-by-run: asks for a real number. The knob joins the study's space when the trial is told.</summary>
    /// <inheritdoc cref="FloatKnob(string, double, double, bool, double?)"/>
    public double SuggestFloat(string name, double low, double high, bool log = false, double? step = null) =>
        Suggest(new FloatKnob(name, low, high, log, step)).Number;

    /// <summary>Define-by-run: asks for a whole number. The knob joins the study's space when the trial is told.</summary>
    /// <inheritdoc cref="IntegerKnob(string, long, long, bool, long)"/>
    public long SuggestInteger(string name, long low, long high, bool log = false, long step = 1) =>
        (long)Suggest(new IntegerKnob(name, low, high, log, step)).Number;

    /// <summary>Define-by-run: asks for one of a set of texts. The knob joins the study's space when the trial is told.</summary>
    /// <exception cref="ArgumentException">There is no choice, or one occurs twice.</exception>
    public string SuggestCategorical(string name, params string[] choices) => Suggest(new CategoricalKnob(name, choices)).Text;

    /// <summary>Define-by-run: asks for an order of items. The knob joins the study's space when the trial is told.</summary>
    /// <returns>The items, first to last.</returns>
    /// <exception cref="ArgumentException">There are fewer than two items, one occurs twice, is empty or contains a comma.</exception>
    public IReadOnlyList<string> SuggestOrder(string name, params string[] items)
    {
        var knob = new OrderKnob(name, items);
        return knob.ItemsOf(Suggest(knob));
    }

    private KnobValue Suggest(Knob knob)
    {
        foreach (var (name, earlier) in chosen)
        {
            // Asking twice is harmless: the first answer stands.
            if (name == knob.Name) return earlier;
        }

        if (!Proposal.TryGet(knob.Name, out var value) || !knob.Contains(value))
        {
            value = knob.Sample(Random(StreamOf(knob.Name)));
        }

        chosenKnobs.Add(knob);
        chosen.Add(new(knob.Name, value));
        return value;
    }

    // Each unproposed knob has its own stream, so that the order of the questions does not change the answers (FNV-1a).
    private static ulong StreamOf(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in name) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }
}
