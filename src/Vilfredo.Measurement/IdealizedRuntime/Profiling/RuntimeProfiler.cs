namespace Vilfredo.Measurement.IdealizedRuntime.Profiling;

/// <summary>Times generations of exact lengths and fits a profile to them. One run at a time: batch size 1, nothing else in flight.</summary>
/// <param name="call">Generates once.</param>
/// <param name="time">The clock; <see langword="null"/> for the system's.</param>
public sealed class RuntimeProfiler(MeasuredCall call, TimeProvider? time = null)
{
    private readonly MeasuredCall call = call ?? throw new ArgumentNullException(nameof(call));
    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>Measures and fits.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="hardware">What it runs on.</param>
    /// <param name="software">With what.</param>
    /// <param name="grid">The lengths to measure.</param>
    /// <param name="options">Runs and their order; <see langword="null"/> for the defaults.</param>
    /// <param name="fit">How the profile is fitted; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told after every run.</param>
    /// <param name="cancellation">Stops between runs; also passed to them.</param>
    public async Task<RuntimeProfile> ProfileAsync(
        string model, string hardware, string software, ProfileGrid grid, ProfilerOptions? options = null, RuntimeFitOptions? fit = null,
        IProgress<ProfilerProgress>? progress = null, CancellationToken cancellation = default) =>
        RuntimeFit.Fit(model, hardware, software, await MeasureAsync(grid, options, progress, cancellation).ConfigureAwait(false), fit);

    /// <summary>Measures; the trials can be kept and fitted in several ways.</summary>
    /// <inheritdoc cref="ProfileAsync"/>
    /// <exception cref="InvalidOperationException">A run had another length than asked for, also when tried again, or the clock did not move.</exception>
    public async Task<IReadOnlyList<RuntimeCell>> MeasureAsync(
        ProfileGrid grid, ProfilerOptions? options = null, IProgress<ProfilerProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(grid);
        options ??= new ProfilerOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.WarmUps, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Repeats, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Retries, nameof(options));
        var trials = new List<RuntimeCell>(grid.Count * options.Repeats);
        var total = grid.Count * (options.WarmUps + options.Repeats);
        var done = 0;
        RuntimeCell? last = null;
        foreach (var (prompt, output, isTimed) in Runs(grid, options))
        {
            cancellation.ThrowIfCancellationRequested();
            var seconds = await RunAsync(prompt, output, options.Retries, cancellation).ConfigureAwait(false);
            if (isTimed)
            {
                if (seconds <= 0)
                    throw new InvalidOperationException($"The clock did not move while {output} tokens were generated from {prompt}; measure longer outputs or use a finer clock.");
                last = new RuntimeCell(prompt, output, seconds);
                trials.Add(last.Value);
            }

            progress?.Report(new ProfilerProgress(++done, total, last));
        }

        return trials;
    }

    private async Task<double> RunAsync(int prompt, int output, int retries, CancellationToken cancellation)
    {
        GeneratedLengths lengths = default;
        for (var attempt = 0; attempt <= retries; attempt++)
        {
            var start = time.GetTimestamp();
            lengths = await call(prompt, output, cancellation).ConfigureAwait(false);
            var elapsed = time.GetElapsedTime(start);
            if (lengths == new GeneratedLengths(prompt, output)) return elapsed.TotalSeconds;
        }

        throw new InvalidOperationException(
            $"{output} tokens were asked for from a prompt of {prompt}, but the last of {retries + 1} runs processed {lengths.OutputTokens} from {lengths.PromptTokens}. "
            + "Cut prompts with the model's own tokeniser, set the maximum number of output tokens, and disable early stop.");
    }

    private static IEnumerable<(int Prompt, int Output, bool IsTimed)> Runs(ProfileGrid grid, ProfilerOptions options)
    {
        (int Prompt, int Output)[] cells = [.. grid.PromptTokens.SelectMany(_ => grid.OutputTokens, (p, o) => (p, o))];
        var runs = options.WarmUps + options.Repeats;
        switch (options.Order)
        {
            case RunOrder.CellByCell:
                return cells.SelectMany(_ => Enumerable.Range(0, runs), (cell, run) => (cell.Prompt, cell.Output, run >= options.WarmUps));
            case RunOrder.Interleaved:
                var random = new RandomGenerator(options.Seed);
                return Enumerable.Range(0, runs).SelectMany(run =>
                {
                    var order = ((int Prompt, int Output)[])cells.Clone();
                    random.Shuffle<(int, int)>(order);
                    return order.Select(cell => (cell.Prompt, cell.Output, run >= options.WarmUps));
                });
            default:
                throw new ArgumentOutOfRangeException(nameof(options), options.Order, "This order is not known.");
        }
    }
}
