namespace Vilfredo.Measurement.IdealizedRuntime;

/// <summary>
/// How long a model takes on one machine and software, alone: T(p, o) = F(p) + β (o − 1) + overhead. Narayanan et al., "Cheaply
/// Estimating Inference Efficiency Metrics for Autoregressive Transformer Models" (NeurIPS 2023, arXiv 2305.02440).
/// </summary>
/// <remarks>F(p) includes the first token. Batch size 1. All times are in seconds, all lengths in the model's own tokens.</remarks>
public sealed class RuntimeProfile
{
    private readonly int[] lengths;
    private readonly double[] seconds;

    /// <summary>Creates a profile.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="hardware">What it runs on, such as <c>8 x A100-80GB</c>.</param>
    /// <param name="software">With what, such as <c>Megatron-LM, fp16</c>.</param>
    /// <param name="secondsPerOutputToken">β: of each token after the first; finite, at least 0.</param>
    /// <param name="secondsForPrompt">F: prompt length (at least 1) to seconds (finite, at least 0); at least one entry.</param>
    /// <param name="overhead">What the network and framework add to every request; finite, at least 0; <see langword="null"/> when it was not separated.</param>
    /// <param name="fit">How well it describes its measurements, where they are known.</param>
    /// <exception cref="ArgumentException">There is no prompt length, or a number is out of its range.</exception>
    public RuntimeProfile(
        string model, string hardware, string software, double secondsPerOutputToken,
        IReadOnlyDictionary<int, double> secondsForPrompt, double? overhead = null, FitDiagnostics? fit = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        ArgumentNullException.ThrowIfNull(hardware);
        ArgumentNullException.ThrowIfNull(software);
        ArgumentNullException.ThrowIfNull(secondsForPrompt);
        if (secondsForPrompt.Count == 0) throw new ArgumentException($"The profile of {model} has no prompt length; give at least one.", nameof(secondsForPrompt));
        CheckTime(secondsPerOutputToken, nameof(secondsPerOutputToken));
        if (overhead is { } extra) CheckTime(extra, nameof(overhead));
        foreach (var (length, time) in secondsForPrompt)
        {
            if (length < 1) throw new ArgumentException($"A prompt of {length} tokens cannot be profiled; lengths are at least 1.", nameof(secondsForPrompt));
            CheckTime(time, nameof(secondsForPrompt));
        }

        (Model, Hardware, Software, SecondsPerOutputToken, Overhead, Fit) = (model, hardware, software, secondsPerOutputToken, overhead, fit);
        lengths = [.. secondsForPrompt.Keys.Order()];
        seconds = [.. lengths.Select(length => secondsForPrompt[length])];
    }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>What it ran on.</summary>
    public string Hardware { get; }

    /// <summary>With what software and settings.</summary>
    public string Software { get; }

    /// <summary>β, the seconds of each token after the first.</summary>
    public double SecondsPerOutputToken { get; }

    /// <summary>The profiled prompt lengths in ascending order.</summary>
    public IReadOnlyList<int> PromptLengths => lengths;

    /// <summary>F at <see cref="PromptLengths"/>: the seconds until the first token.</summary>
    public IReadOnlyList<double> PromptSeconds => seconds;

    /// <summary>What is added to every request, in seconds.</summary>
    public double? Overhead { get; }

    /// <summary>How well the profile describes its measurements, or <see langword="null"/>.</summary>
    public FitDiagnostics? Fit { get; }

    /// <summary>F(p): the seconds from a prompt to its first token, without the overhead.</summary>
    /// <param name="promptTokens">At least 0.</param>
    /// <param name="rule">How lengths between the profiled ones are read.</param>
    public double SecondsForPrompt(int promptTokens, PromptRule rule = PromptRule.Interpolate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(promptTokens);
        var index = Array.BinarySearch(lengths, promptTokens);
        if (index >= 0) return seconds[index];
        index = ~index;
        return rule switch
        {
            PromptRule.Helm => seconds[Math.Min(index, lengths.Length - 1)] * promptTokens / lengths[Math.Min(index, lengths.Length - 1)],
            PromptRule.Interpolate => Interpolated(promptTokens, index),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "This rule is not known."),
        };
    }

    /// <summary>T(p, o): the seconds of a request.</summary>
    /// <param name="promptTokens">At least 0.</param>
    /// <param name="outputTokens">At least 0, over all completions, without an echoed prompt; none takes as long as one.</param>
    /// <param name="rule">How prompt lengths between the profiled ones are read.</param>
    public double Estimate(int promptTokens, int outputTokens, PromptRule rule = PromptRule.Interpolate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outputTokens);
        return SecondsForPrompt(promptTokens, rule) + SecondsPerOutputToken * Math.Max(0, outputTokens - 1) + (Overhead ?? 0);
    }

    /// <summary>The seconds of all requests one after another.</summary>
    /// <param name="queries">What was or will be asked.</param>
    /// <param name="rule">How prompt lengths between the profiled ones are read.</param>
    public double Total(IEnumerable<TokenQuery> queries, PromptRule rule = PromptRule.Interpolate)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return queries.Sum(query => query.Count * Estimate(query.PromptTokens, query.OutputTokens, rule));
    }

    /// <summary>
    /// The profile of the whole model when a fraction of its layers was profiled, because it did not fit the machine: all times but the
    /// overhead multiplied.
    /// </summary>
    /// <param name="factor">Layers of the model over layers profiled, above 0.</param>
    /// <param name="model">The whole model's name.</param>
    public RuntimeProfile Scaled(double factor, string model)
    {
        if (!(factor > 0 && double.IsFinite(factor))) throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor is finite and above 0.");
        return new RuntimeProfile(
            model, Hardware, Software, factor * SecondsPerOutputToken, lengths.Zip(seconds).ToDictionary(entry => entry.First, entry => factor * entry.Second), Overhead);
    }

    // The index is that of the next longer profiled prompt.
    private double Interpolated(int promptTokens, int index)
    {
        if (index == 0 || lengths.Length == 1) return seconds[0];
        var right = Math.Min(index, lengths.Length - 1);
        var slope = (seconds[right] - seconds[right - 1]) / (lengths[right] - lengths[right - 1]);
        return index < lengths.Length
            ? seconds[right - 1] + slope * (promptTokens - lengths[right - 1])
            : seconds[right] + Math.Max(0, slope) * (promptTokens - lengths[right]);
    }

    private static void CheckTime(double time, string name)
    {
        if (!(time >= 0 && double.IsFinite(time))) throw new ArgumentException($"{time} seconds are no time; give a finite number of at least 0.", name);
    }
}
