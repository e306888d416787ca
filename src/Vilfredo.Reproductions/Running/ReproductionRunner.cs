using System.Diagnostics;

namespace Vilfredo.Reproductions;

/// <summary>Runs the units of a study, in parallel if asked to, and resumes a run that was interrupted.</summary>
public static class ReproductionRunner
{
    /// <summary>Runs what is left of a study.</summary>
    /// <param name="reproduction">The study.</param>
    /// <param name="scale">How much of it.</param>
    /// <param name="options">Seeds, parallelism and the file to resume from; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told after each unit, from any thread.</param>
    /// <param name="cancellation">Ends the run between units; what is finished stays in the file.</param>
    /// <exception cref="ReproductionFailedException">A unit threw, or measured a value that is not finite.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static RunResults Run(
        Reproduction reproduction, Scale scale, RunOptions? options = null, IProgress<ReproductionProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reproduction);
        options ??= new RunOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallelism, 1, nameof(options));
        var units = reproduction.Units(scale, options.Seeds);
        using var file = options.RunFile is { } path ? RunFile.Open(path, SettingsHash(reproduction, scale, units)) : null;
        var done = file?.Finished.ToDictionary(result => result.Unit) ?? [];
        var results = units.Select(done.GetValueOrDefault).ToArray();
        var (resumed, finished, started) = (done.Count, done.Count, Stopwatch.GetTimestamp());

        var open = Enumerable.Range(0, units.Count).Where(i => results[i] is null);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(open, parallel, i =>
            {
                var result = Measure(reproduction, new UnitContext(units[i], scale, cancellation));
                file?.Append(result);
                results[i] = result;
                progress?.Report(new ReproductionProgress(
                    Interlocked.Increment(ref finished), resumed, units.Count, Stopwatch.GetElapsedTime(started)));
            });
        }
        catch (AggregateException error) when (error.InnerExceptions.OfType<ReproductionFailedException>().FirstOrDefault() is { } failure)
        {
            throw failure;
        }

        return new RunResults(scale, results!);
    }

    private static UnitResult Measure(Reproduction reproduction, UnitContext context)
    {
        var started = Stopwatch.GetTimestamp();
        IReadOnlyDictionary<string, double> values;
        try
        {
            values = reproduction.Run(context);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new ReproductionFailedException($"{reproduction.Paper.Slug}: {context.Unit} failed: {error.Message}", error);
        }

        foreach (var (name, value) in values)
        {
            if (!double.IsFinite(value))
                throw new ReproductionFailedException($"{reproduction.Paper.Slug}: {context.Unit} measured {name} = {value}; values are finite");
        }

        return new UnitResult(context.Unit, values, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    // Results of different code are not mixed: the builds of this library and of those below it are part of the settings.
    private static string SettingsHash(Reproduction reproduction, Scale scale, IReadOnlyList<RunUnit> units)
    {
        var study = reproduction.GetType().Assembly;
        var builds = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => study.GetReferencedAssemblies().Any(name => name.FullName == assembly.FullName)
                && assembly.GetName().Name!.StartsWith("Vilfredo", StringComparison.Ordinal))
            .Append(study)
            .Select(assembly => $"{assembly.GetName().Name} {assembly.ManifestModule.ModuleVersionId}")
            .Order(StringComparer.Ordinal);
        var hash = UnitContext.StableHash([reproduction.Paper.Slug, $"{scale} {reproduction.Revision}", .. builds, .. units.Select(unit => unit.ToString())]);
        return $"{reproduction.Paper.Slug} {scale.ToName()} {hash:x16}";
    }
}
