using Spectre.Console;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Output;
using Vilfredo.Reproductions;

namespace Vilfredo.Cli.Commands.Reproductions;

/// <summary>Runs studies with progress on standard error.</summary>
/// <param name="terminal">Where progress is shown.</param>
/// <param name="folder">Where results are kept.</param>
/// <param name="scale">How much is run.</param>
/// <param name="options">Seeds and parallelism.</param>
/// <param name="version">The library's version when the run is to be recorded, else <see langword="null"/>.</param>
internal sealed class ReproductionRun(Terminal terminal, ResultsFolder folder, Scale scale, RunOptions options, string? version)
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);

    /// <summary>Runs what is left of a study, judges its claims and records it if asked to.</summary>
    public RecordedRun Of(Reproduction study, CancellationToken cancellation)
    {
        var (slug, level) = (study.Paper.Slug, scale.ToName());
        var file = Path.Combine(folder.Root, ".vilfredo", "reproductions", $"{slug}.{level}.jsonl");
        RunResults results;
        try
        {
            results = Shown(slug, progress => ReproductionRunner.Run(study, scale, options with { RunFile = file }, progress, cancellation));
        }
        catch (ReproductionFailedException error)
        {
            throw new CommandFailedException(error.Message, $"What was measured before is kept in {file}.", error);
        }
        catch (InvalidDataException error)
        {
            throw new UserErrorException(error.Message);
        }

        var seeds = options.Seeds is { } count ? $" --seeds {count}" : "";
        var record = RecordedRun.Of(study, results, $"vilfredo reproduce {slug} --scale {level}{seeds} --record", version ?? "not recorded");
        if (version is null) return record;
        record.Save(folder.RecordPath(slug));
        terminal.WriteNote($"wrote {Path.GetRelativePath(folder.Root, folder.RecordPath(slug))}");
        return record;
    }

    private RunResults Shown(string slug, Func<IProgress<ReproductionProgress>, RunResults> run)
    {
        if (!terminal.ErrorIsInteractive)
        {
            var lines = new PlainLines(terminal, slug);
            return run(lines);
        }

        return terminal.ErrorConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .Start(context => run(new Bar(context.AddTask(slug))));
    }

    private static string Describe(ReproductionProgress now)
    {
        var rate = now.Elapsed > TimeSpan.Zero ? (now.Finished - now.Resumed) / now.Elapsed.TotalSeconds : 0;
        var left = now.Remaining is { } remaining ? $", {remaining:hh\\:mm\\:ss} left" : "";
        return FormattableString.Invariant($"{now.Finished} of {now.Total} units, {rate:0.#} units/s{left}");
    }

    private sealed class Bar(ProgressTask task) : IProgress<ReproductionProgress>
    {
        public void Report(ReproductionProgress value)
        {
            task.MaxValue = value.Total;
            task.Value = value.Finished;
        }
    }

    // A line now and then, and none for a run of a moment.
    private sealed class PlainLines(Terminal terminal, string slug) : IProgress<ReproductionProgress>
    {
        private TimeSpan next = TimeSpan.FromSeconds(2);

        public void Report(ReproductionProgress value)
        {
            lock (terminal)
            {
                if (value.Elapsed < next) return;
                next = value.Elapsed + PlainInterval;
                terminal.Error.WriteLine($"{slug}: {Describe(value)}");
            }
        }
    }
}
