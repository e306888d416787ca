namespace Vilfredo.Measurement.IdealizedRuntime.Comparison;

/// <summary>The three runtimes of the same requests, in seconds, each above 0.</summary>
public sealed record RuntimeComparison
{
    /// <summary>Creates the comparison.</summary>
    /// <param name="raw">What the endpoint took.</param>
    /// <param name="denoised">What it takes without contention.</param>
    /// <param name="idealized">What the architecture takes on the reference hardware and software.</param>
    public RuntimeComparison(double raw, double denoised, double idealized)
    {
        foreach (var seconds in (ReadOnlySpan<double>)[raw, denoised, idealized])
        {
            if (!(seconds > 0 && double.IsFinite(seconds)))
                throw new ArgumentException($"{seconds} seconds cannot be compared; runtimes are finite and above 0.");
        }

        (Raw, Denoised, Idealized) = (raw, denoised, idealized);
    }

    /// <summary>What the endpoint took.</summary>
    public double Raw { get; }

    /// <summary>What it takes without contention.</summary>
    public double Denoised { get; }

    /// <summary>What the architecture takes on the reference hardware and software.</summary>
    public double Idealized { get; }

    /// <summary>Raw over denoised: how much contention costs; below 1 the denoised profile overestimates.</summary>
    public double Contention => Raw / Denoised;

    /// <summary>Idealized over denoised: how much faster the provider's hardware and software are than the reference.</summary>
    public double ProviderSpeedup => Idealized / Denoised;

    /// <summary>Compares the requests of one model under two profiles with what they took.</summary>
    /// <param name="rawSeconds">What all requests together took.</param>
    /// <param name="queries">The requests.</param>
    /// <param name="denoised">The endpoint's profile.</param>
    /// <param name="idealized">The architecture's on the reference.</param>
    /// <param name="rule">How prompt lengths between the profiled ones are read.</param>
    public static RuntimeComparison Of(
        double rawSeconds, IReadOnlyCollection<TokenQuery> queries, RuntimeProfile denoised, RuntimeProfile idealized, PromptRule rule = PromptRule.Interpolate)
    {
        ArgumentNullException.ThrowIfNull(denoised);
        ArgumentNullException.ThrowIfNull(idealized);
        return new RuntimeComparison(rawSeconds, denoised.Total(queries, rule), idealized.Total(queries, rule));
    }

    /// <summary>The denoised time per request of offline inference in batches.</summary>
    /// <param name="batchSeconds">What the batch took, above 0.</param>
    /// <param name="batchSize">How many requests were in it, at least 1.</param>
    public static double OfBatch(double batchSeconds, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (!(batchSeconds > 0 && double.IsFinite(batchSeconds))) throw new ArgumentOutOfRangeException(nameof(batchSeconds), batchSeconds, "A batch takes a finite time above 0.");
        return batchSeconds / batchSize;
    }
}
