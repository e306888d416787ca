using Vilfredo.Statistics;

namespace Vilfredo.Measurement.IdealizedRuntime;

/// <summary>Fits a profile to timed generations (section 4 of Narayanan et al., arXiv 2305.02440, and its published code).</summary>
public static class RuntimeFit
{
    /// <summary>Fits F(p), β and, when denoising, the overhead.</summary>
    /// <remarks>
    /// β is the slope of an ordinary least-squares line with intercept of T − F(p) on o − 1, all prompt lengths pooled; the intercept is
    /// discarded. The overhead is inferred from the published profiles, all of which satisfy F(shortest) = β; the published script has
    /// none. Where noise would make it negative it is 0.
    /// </remarks>
    /// <param name="model">The model's name.</param>
    /// <param name="hardware">What it ran on.</param>
    /// <param name="software">With what.</param>
    /// <param name="cells">All trials; several of one prompt and output length are summarised.</param>
    /// <param name="options">Mode and statistic; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// A length or time is out of its range, there are fewer than two output lengths, a prompt was not measured with one output token
    /// (or, for a line, not with two output lengths), or more tokens took less time.
    /// </exception>
    public static RuntimeProfile Fit(
        string model, string hardware, string software, IEnumerable<RuntimeCell> cells, RuntimeFitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cells);
        options ??= new RuntimeFitOptions();
        RuntimeCell[] trials = [.. cells];
        foreach (var trial in trials) Check(trial);
        if (trials.Select(trial => trial.OutputTokens).Distinct().Count() < 2)
            throw new ArgumentException("The time per output token needs at least two different output lengths; measure one token and several.", nameof(cells));

        var summarised = Summarise(trials, options);
        var prompt = PromptTimes(summarised, options.Mode);
        if (options.RoundToMilliseconds) prompt = prompt.ToDictionary(entry => entry.Key, entry => Math.Round(entry.Value, 3));
        var line = Line.Through([.. summarised.Select(cell => (cell.OutputTokens - 1.0, cell.Seconds - prompt[cell.PromptTokens]))]);
        var slope = options.RoundToMilliseconds ? Math.Round(line.Slope, 3) : line.Slope;
        if (slope < 0)
        {
            throw new ArgumentException(
                $"Further output tokens seem to take {slope:G3} s each: longer outputs were measured as faster. Warm up, and take more trials or longer outputs.", nameof(cells));
        }

        double? overhead = null;
        if (options.Mode == FitMode.Denoised)
        {
            overhead = Math.Max(0, prompt[prompt.Keys.Min()] - slope);
            prompt = prompt.ToDictionary(entry => entry.Key, entry => Math.Max(0, entry.Value - overhead.Value));
        }

        var errors = summarised.Select(cell => cell.Seconds - prompt[cell.PromptTokens] - slope * (cell.OutputTokens - 1) - (overhead ?? 0)).ToArray();
        var slopes = summarised.GroupBy(cell => cell.PromptTokens).Where(group => group.Count() > 1)
            .ToDictionary(group => group.Key, group => Line.Through([.. group.Select(cell => ((double)cell.OutputTokens, cell.Seconds))]).Slope);
        return new RuntimeProfile(
            model, hardware, software, slope, prompt, overhead,
            new FitDiagnostics(trials.Length, summarised.Length, line.RSquared, errors.Average(e => e * e), errors.Max(e => e * e), slopes));
    }

    private static RuntimeCell[] Summarise(RuntimeCell[] trials, RuntimeFitOptions options)
    {
        var statistic = options.Statistic ?? (options.Mode == FitMode.Denoised ? CellStatistic.Minimum : CellStatistic.Mean);
        return [.. trials.GroupBy(trial => (trial.PromptTokens, trial.OutputTokens)).OrderBy(group => group.Key).Select(group =>
        {
            double[] seconds = [.. group.Select(trial => trial.Seconds)];
            return new RuntimeCell(group.Key.PromptTokens, group.Key.OutputTokens, statistic switch
            {
                CellStatistic.Mean => Descriptive.Mean(seconds),
                CellStatistic.Median => Descriptive.Median(seconds),
                CellStatistic.Minimum => seconds.Min(),
                _ => throw new ArgumentOutOfRangeException(nameof(options), statistic, "This statistic is not known."),
            });
        })];
    }

    private static Dictionary<int, double> PromptTimes(RuntimeCell[] cells, FitMode mode)
    {
        var byPrompt = cells.GroupBy(cell => cell.PromptTokens).OrderBy(group => group.Key).ToArray();
        var times = byPrompt.ToDictionary(group => group.Key, group => mode switch
        {
            FitMode.FirstToken or FitMode.Denoised => FirstToken(group.Key, group),
            FitMode.FirstTokenFromLine => FromLine(group.Key, [.. group]),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "This mode is not known."),
        });
        if (mode != FitMode.FirstTokenFromLine) return times;
        var floor = times[byPrompt[0].Key];
        return times.ToDictionary(entry => entry.Key, entry => Math.Max(floor, entry.Value));
    }

    private static double FirstToken(int prompt, IEnumerable<RuntimeCell> cells)
    {
        foreach (var cell in cells)
            if (cell.OutputTokens == 1) return cell.Seconds;
        throw new ArgumentException($"Prompts of {prompt} tokens were not measured with one output token. Measure that, or fit the first token from a line.", nameof(cells));
    }

    private static double FromLine(int prompt, RuntimeCell[] cells)
    {
        if (cells.Length < 2)
            throw new ArgumentException($"Prompts of {prompt} tokens were measured with one output length; a line needs two.", nameof(cells));
        return Math.Max(0, Line.Through([.. cells.Select(cell => (cell.OutputTokens - 1.0, cell.Seconds))]).Intercept);
    }

    private static void Check(RuntimeCell trial)
    {
        if (trial.PromptTokens < 1 || trial.OutputTokens < 1)
        {
            throw new ArgumentException(
                $"A generation of {trial.OutputTokens} tokens from a prompt of {trial.PromptTokens} cannot be fitted; both lengths are at least 1.", nameof(trial));
        }

        if (!(trial.Seconds > 0 && double.IsFinite(trial.Seconds)))
            throw new ArgumentException($"A generation cannot take {trial.Seconds} seconds; times are finite and above 0.", nameof(trial));
    }

    // Ordinary least squares of y on x.
    private readonly record struct Line(double Slope, double Intercept, double RSquared)
    {
        public static Line Through((double X, double Y)[] points)
        {
            double meanX = points.Average(point => point.X), meanY = points.Average(point => point.Y);
            double xx = 0, xy = 0, yy = 0;
            foreach (var (x, y) in points)
            {
                xx += (x - meanX) * (x - meanX);
                xy += (x - meanX) * (y - meanY);
                yy += (y - meanY) * (y - meanY);
            }

            var slope = xy / xx;
            return new Line(slope, meanY - slope * meanX, yy == 0 ? 1 : Math.Min(1, xy * xy / (xx * yy)));
        }
    }
}
