using Vilfredo.Measurement.IdealizedRuntime;

namespace Vilfredo.Reproductions.Papers;

/// <summary>What Narayanan et al. (arXiv 2305.02440) and their published files say, as facts, against the profiles that the library ships.</summary>
internal static class PublishedRuntimes
{
    private const double HalfMillisecond = 0.0005;

    private static readonly int[] PromptLengths = [1, 512, 1920];
    private static readonly ProfileSet Idealized = PublishedProfiles.Idealized(), Denoised = PublishedProfiles.Denoised();

    // Seconds per token and for prompts of 1, 512 and 1,920 tokens; where two published vintages differ, the middle and half the difference.
    private static readonly (string Model, double PerToken, (double Middle, double Half)[] Prompt)[] Table =
    [
        ("huggingface/gptj_6b", 0.021, [(0.023, 0), (0.042, 0), (0.142, 0)]),
        ("ai21/j1-large", 0.024, [(0.0265, 0.0005), (0.047, 0), (0.167, 0)]),
        ("ai21/j1-grande", 0.038, [(0.041, 0), (0.0975, 0.0005), (0.380, 0)]),
        ("together/gpt-neox-20b", 0.033, [(0.035, 0), (0.114, 0), (0.441, 0)]),
        ("anthropic/stanford-online-all-v4-s3", 0.054, [(0.056, 0.001), (0.107, 0), (0.342, 0)]),
        ("together/opt-66b", 0.055, [(0.0575, 0.0015), (0.126, 0), (0.507, 0)]),
        ("together/yalm", 0.068, [(0.071, 0), (0.284, 0), (1.006, 0)]),
        ("openai/davinci", 0.081, [(0.0855, 0.0015), (0.178, 0), (0.5895, 0.0075)]),
        ("together/bloom", 0.061, [(0.068, 0), (0.191, 0), (0.669, 0)]),
        ("ai21/j1-jumbo", 0.064, [(0.069, 0), (0.164, 0), (0.59, 0.015)]),
        ("microsoft/TNLGv2_530B", 0.123, [(0.127, 0.002), (0.485, 0.01), (1.835, 0.02)]),
    ];

    /// <summary>Seconds per output token on A100.</summary>
    public static ExactValue[] PerToken() =>
        [.. Table.Select(row => new ExactValue($"{row.Model} per token", row.PerToken, Of(Idealized, row.Model).SecondsPerOutputToken, HalfMillisecond))];

    /// <summary>Seconds for prompts of 1, 512 and 1,920 tokens.</summary>
    public static ExactValue[] Prompts() =>
    [
        .. from row in Table
           from key in PromptLengths.Zip(row.Prompt)
           select new ExactValue(
               $"{row.Model}, {key.First} tokens", key.Second.Middle, Of(Idealized, row.Model).SecondsForPrompt(key.First), key.Second.Half + HalfMillisecond),
    ];

    /// <summary>Three models of about 175 billion parameters: 96 layers against 70 and 76.</summary>
    public static ExactValue[] Depth() =>
    [
        new("96 layers", 0.081, Of(Idealized, "openai/davinci").SecondsPerOutputToken, HalfMillisecond),
        new("70 layers", 0.061, Of(Idealized, "together/bloom").SecondsPerOutputToken, HalfMillisecond),
        new("76 layers", 0.064, Of(Idealized, "ai21/j1-jumbo").SecondsPerOutputToken, HalfMillisecond),
    ];

    /// <summary>How much faster davinci's endpoint was than its architecture on the reference, for 64 tokens from 512.</summary>
    public static ExactValue[] Provider() =>
        [new("times", 2.5, Of(Idealized, "openai/davinci").Estimate(512, 64) / Of(Denoised, "openai/davinci").Estimate(512, 64), 0.05)];

    /// <summary>Denoised profiles whose shortest prompt does not take as long as a token.</summary>
    public static ExactValue[] Overheads() =>
        [new("profiles with another first token", 0, Denoised.Profiles.Count(p => Math.Abs(p.PromptSeconds[0] - p.SecondsPerOutputToken) > 1e-9), 0)];

    /// <summary>Idealized profiles whose last ten prompt lengths are not on a line.</summary>
    public static ExactValue[] PromptLines() =>
        [new("profiles with R^2 below 0.993", 0, Idealized.Profiles.Count(profile => RSquared(profile) < 0.993), 0)];

    /// <summary>HELM's rule for davinci: ten tokens take less than one.</summary>
    public static ExactValue[] HelmRule() =>
    [
        new("1 token", 0.084, Of(Idealized, "openai/davinci").SecondsForPrompt(1, PromptRule.Helm), HalfMillisecond),
        new("10 tokens", 0.054, Of(Idealized, "openai/davinci").SecondsForPrompt(10, PromptRule.Helm), HalfMillisecond),
    ];

    /// <summary>Dollars of the baselines over dollars of the method.</summary>
    public static ExactValue[] Savings() => [new("idealized", 57.4, 31_128.0 / 542, 0.05), new("denoised", 9.9, 4176.0 / 421, 0.05)];

    private static RuntimeProfile Of(ProfileSet set, string model) =>
        set.TryGet(model, out var profile) ? profile : throw new InvalidOperationException($"The published profiles have no {model}.");

    private static double RSquared(RuntimeProfile profile)
    {
        (double X, double Y)[] points = [.. profile.PromptLengths.Zip(profile.PromptSeconds, (x, y) => ((double)x, y)).TakeLast(10)];
        double x = points.Average(p => p.X), y = points.Average(p => p.Y);
        var product = points.Sum(p => (p.X - x) * (p.Y - y));
        return product * product / (points.Sum(p => (p.X - x) * (p.X - x)) * points.Sum(p => (p.Y - y) * (p.Y - y)));
    }
}
