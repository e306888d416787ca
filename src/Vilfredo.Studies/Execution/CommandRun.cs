namespace Vilfredo.Studies.Execution;

/// <summary>What one run of a study's command measured, or why it measured nothing.</summary>
internal sealed class CommandRun
{
    /// <summary>Reads the values of a run.</summary>
    public CommandRun(StudyDefinition definition, Configuration configuration, ProcessResult result, string directory, Func<string, string> substitute)
    {
        Result = result;
        Failure = FailureOf(definition, result);
        if (Failure is not null) return;
        Values = new double[definition.Objectives.Count];
        for (var i = 0; i < Values.Length && Failure is null; i++)
            Values[i] = Read(definition.Objectives[i].Objective.Name, definition.Objectives[i].Source!);
        foreach (var metric in definition.Metrics)
        {
            if (Failure is null) Metrics[metric.Name] = Read(metric.Name, metric.Source!);
        }

        var gradients = new List<double[]>();
        foreach (var objective in definition.Objectives)
        {
            if (Failure is not null || objective.Gradient is not { } source) continue;
            if (GradientExtraction.Extract(source, result, configuration, out var problem) is { } gradient) gradients.Add(gradient);
            else Failure = TrialOutcome.Failed($"gradient of {objective.Objective.Name}: {problem}");
        }

        // The derivatives of some objectives only are of no use to a descent.
        if (gradients.Count == definition.Objectives.Count) Gradients = [.. gradients];

        double Read(string name, MetricSource source)
        {
            if (source is FileSizeSource file) source = new FileSizeSource(substitute(file.Path));
            var reading = MetricExtraction.Extract(source, result, directory);
            if (!reading.IsNumber) Failure = TrialOutcome.Failed($"{name}: {reading.Error}");
            return reading.Value;
        }
    }

    /// <summary>The run itself.</summary>
    public ProcessResult Result { get; }

    /// <summary>Why there are no values, or <see langword="null"/>.</summary>
    public TrialOutcome? Failure { get; private set; }

    /// <summary>One value per objective.</summary>
    public double[] Values { get; } = [];

    /// <summary>One gradient per objective, or none.</summary>
    public double[][] Gradients { get; } = [];

    /// <summary>The metrics by name.</summary>
    public Dictionary<string, double> Metrics { get; } = new(StringComparer.Ordinal);

    private static TrialOutcome? FailureOf(StudyDefinition definition, ProcessResult result) => result.Outcome switch
    {
        ProcessOutcome.Canceled => TrialOutcome.Cancelled(),
        ProcessOutcome.TimedOut => TrialOutcome.TimedOut(definition.TimeLimit!.Value, LowerBounds(definition, result)),
        ProcessOutcome.Exited when result.ExitCode != 0 && !MeasuresExitCode(definition) => TrialOutcome.Failed(result.Message),
        ProcessOutcome.Exited => null,
        _ => TrialOutcome.Failed(result.Message),
    };

    // A command whose exit code is a result may end with any.
    private static bool MeasuresExitCode(StudyDefinition definition) =>
        definition.Objectives.Any(o => o.Source is ExitCodeSource) || definition.Metrics.Any(m => m.Source is ExitCodeSource);

    // What was spent until the limit was spent for certain; nothing is known of the other objectives.
    private static double[] LowerBounds(StudyDefinition definition, ProcessResult result) =>
    [
        .. definition.Objectives.Select(o => o.Source switch
        {
            WallTimeSource => result.WallTime.TotalSeconds,
            CpuTimeSource => result.CpuTime.TotalSeconds,
            PeakMemorySource when result.PeakMemoryBytes is { } bytes => bytes,
            _ => double.NaN,
        }),
    ];
}
