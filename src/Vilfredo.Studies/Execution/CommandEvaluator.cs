namespace Vilfredo.Studies.Execution;

/// <summary>Measures trials by running the study's command, each in a directory of its own.</summary>
public sealed class CommandEvaluator : ITrialEvaluator, IDisposable
{
    private const string TrialName = "trial", AttemptName = "attempt", SeedName = "seed", DirectoryName = "trial_directory";

    private readonly ProcessRunner runner;
    private readonly CostMeter? meter;
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("vilfredo-");

    /// <summary>Creates an evaluator.</summary>
    /// <param name="studyMarker">Marks the children, so that <see cref="OrphanSweep"/> can find them if this process is killed.</param>
    /// <param name="meter">Is told what every run of the command cost: wall time, CPU time, peak memory, one evaluation.</param>
    public CommandEvaluator(string? studyMarker = null, CostMeter? meter = null)
    {
        runner = new ProcessRunner(new ProcessRunnerOptions { StudyMarker = studyMarker });
        this.meter = meter;
    }

    /// <summary>The placeholders that a command can use besides the knobs.</summary>
    public static IReadOnlyList<string> Placeholders { get; } = [TrialName, AttemptName, SeedName, DirectoryName];

    /// <summary>The names of all placeholders in a command, its environment and its files.</summary>
    /// <exception cref="FormatException">A template is malformed.</exception>
    public static IEnumerable<string> PlaceholdersOf(CommandDefinition command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Texts(command).Select(text => CommandTemplate.Parse([text])).Append(command.Template)
            .SelectMany(t => t.Placeholders).Select(p => p.Name).Distinct(StringComparer.Ordinal);
    }

    /// <summary>Runs the setup of a command, if it has one.</summary>
    /// <returns>The run; <see langword="null"/> without a setup.</returns>
    public async Task<ProcessResult?> SetUpAsync(CommandDefinition command, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Setup.Count == 0) return null;
        return await runner.RunAsync(
            new ProcessSpecification
            {
                FileName = command.Setup[0],
                Arguments = [.. command.Setup.Skip(1)],
                WorkingDirectory = Path.GetFullPath(command.Directory ?? "."),
            },
            cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<TrialOutcome> EvaluateAsync(Trial trial, EvaluationContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(context);
        var definition = context.Definition;
        var command = definition.Command ?? throw new InvalidOperationException("The study has no command.");
        var directory = root.CreateSubdirectory(FormattableString.Invariant($"{trial.Number}-{trial.Attempt}"));
        try
        {
            var runs = new List<CommandRun>();
            for (var repeat = 0; repeat < definition.Repeats.PerTrial; repeat++)
            {
                var (specification, substitute) = Specify(trial, definition, command, directory.FullName);
                using var pruning = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                if (command.Intermediate is { } lines) specification = specification with { OutputLine = line => ReadReport(trial, definition, lines, line, pruning) };
                var result = await runner.RunAsync(specification, pruning.Token).ConfigureAwait(false);
                meter?.Report(new CostVector
                {
                    WallTimeSeconds = result.WallTime.TotalSeconds,
                    CpuTimeSeconds = result.CpuTime.TotalSeconds,
                    PeakMemoryBytes = result.PeakMemoryBytes,
                    Evaluations = 1,
                });
                if (result.Outcome == ProcessOutcome.Canceled && !cancellation.IsCancellationRequested && trial.PruningReason is { } reason)
                    return TrialOutcome.Pruned(reason) with { Output = Output(command, result), Duration = result.WallTime + Total(runs) };
                var run = new CommandRun(definition, trial.Configuration, result, directory.FullName, substitute);
                if (run.Failure is { } failure)
                    return failure with { Output = Output(command, result), Duration = result.WallTime + Total(runs) };
                runs.Add(run);
            }

            return TrialOutcome.MeasuredRepeatedly([.. runs.Select(r => r.Values)]) with
            {
                Metrics = Means(definition, runs),
                Gradients = MeanGradients(runs),
                Output = Output(command, runs[^1].Result),
                Duration = Total(runs),
            };
        }
        catch (FormatException error)
        {
            return TrialOutcome.Failed(error.Message);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Removes the trials' directories.</summary>
    public void Dispose()
    {
        runner.Dispose();
        root.Delete(recursive: true);
    }

    /// <summary>The text of a placeholder in a trial; <see langword="null"/> when it has none.</summary>
    internal static string? ValueOf(
        string name, StudyDefinition definition, Configuration configuration, int trial, int attempt, string directory) => name switch
        {
            TrialName => trial.ToString(System.Globalization.CultureInfo.InvariantCulture),
            AttemptName => attempt.ToString(System.Globalization.CultureInfo.InvariantCulture),
            SeedName => definition.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture),
            DirectoryName => directory,
            _ => configuration.TryGet(name, out var value) ? value.ToString() : null,
        };

    /// <summary>Whether an argument's condition holds in a trial.</summary>
    internal static bool Holds(string condition, Configuration configuration) =>
        KnobExpression.Parse(condition).IsTrue(n => configuration.TryGet(n, out var v) ? SearchSpace.AsObject(v) : null);

    private static (ProcessSpecification Specification, Func<string, string> Substitute) Specify(
        Trial trial, StudyDefinition definition, CommandDefinition command, string directory)
    {
        var configuration = trial.Configuration;
        var working = Path.GetFullPath(command.Directory ?? ".");
        var arguments = command.Template.Build(ValueOf, condition => Holds(condition, configuration));
        return (new ProcessSpecification
        {
            FileName = arguments[0],
            Arguments = [.. arguments.Skip(1)],
            Environment = command.Environment.ToDictionary(e => e.Key, e => (string?)Substitute(e.Value), StringComparer.Ordinal),
            WorkingDirectory = working,
            StandardInputFile = command.StandardInput is { } input ? Path.GetFullPath(Substitute(input), working) : null,
            StandardOutputFile = command.StandardOutput is { } output ? Path.GetFullPath(Substitute(output), working) : null,
            TimeLimit = definition.TimeLimit,
        }, Substitute);

        string Substitute(string text) => CommandTemplate.Parse([text]).Build(ValueOf, _ => true)[0];

        string? ValueOf(string name) => CommandEvaluator.ValueOf(name, definition, configuration, trial.Number, trial.Attempt, directory);
    }

    private static void ReadReport(Trial trial, StudyDefinition definition, IntermediateLine lines, string line, CancellationTokenSource pruning)
    {
        if (trial.PruningReason is not null || lines.Read(line, definition.Objectives) is not { } report) return;
        try
        {
            if (trial.Report(report.Step, [.. report.Values])) pruning.Cancel();
        }
        catch (Exception error) when (error is InvalidResultException or StudyStorageException)
        {
            // A line that repeats a step, or a storage that is busy, does not end a measurement: its result is what counts.
        }
    }

    private static IEnumerable<string> Texts(CommandDefinition command)
    {
        foreach (var value in command.Environment.Values) yield return value;
        if (command.StandardInput is { } input) yield return input;
        if (command.StandardOutput is { } output) yield return output;
    }

    private static Dictionary<string, double> Means(StudyDefinition definition, List<CommandRun> runs) =>
        definition.Metrics.ToDictionary(m => m.Name, m => runs.Average(r => r.Metrics[m.Name]), StringComparer.Ordinal);

    private static double[][] MeanGradients(List<CommandRun> runs) =>
        [.. runs[0].Gradients.Select((row, j) => row.Select((_, i) => runs.Average(r => r.Gradients[j][i])).ToArray())];

    private static TimeSpan Total(List<CommandRun> runs) => runs.Aggregate(TimeSpan.Zero, (sum, r) => sum + r.Result.WallTime);

    // What goes to a file is a product, often binary; messages are on standard error then.
    private static string? Output(CommandDefinition command, ProcessResult result)
    {
        var lines = command.StandardOutput is null ? result.LastLines : result.StandardError.LastLines(ProcessSpecification.DefaultTailLines);
        if (lines.Count == 0) return null;
        var text = string.Join('\n', lines);
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) && source[i] is not ('\n' or '\t') ? '\uFFFD' : source[i];
        });
    }
}
