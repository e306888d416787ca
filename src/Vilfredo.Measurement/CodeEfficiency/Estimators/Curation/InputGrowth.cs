namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Curation;

/// <summary>
/// The search for a heavy input with generators that take a scale ("synthesizing a synthesizer", arXiv 2408.06450 and its code): the
/// scale doubles until the input or the reference's run is out of bounds, and only the largest input is kept.
/// </summary>
public static class InputGrowth
{
    /// <summary>The largest exponent of the published code: scales 2¹ to 2²⁶.</summary>
    public const int DefaultLargestExponent = 26;

    /// <summary>
    /// Tries the generators in turn. One that runs out of bounds, or reaches the largest scale, ends the search; one that fails leaves
    /// what was kept, and the next one is tried.
    /// </summary>
    /// <param name="generators">The number of generators.</param>
    /// <param name="attempt">Makes the input of a generator at a scale and runs the reference on it, within limits of its own.</param>
    /// <param name="largestExponent">The scales are 2¹ to this power of two, 1 to 62.</param>
    /// <param name="cancellation">Ends the search between attempts.</param>
    /// <returns>The last kept input, or <see langword="null"/> when no attempt ran.</returns>
    public static async Task<GrownInput?> SearchAsync(
        int generators, Func<int, long, CancellationToken, Task<GrowthStep>> attempt, int largestExponent = DefaultLargestExponent,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentOutOfRangeException.ThrowIfNegative(generators);
        if (largestExponent is < 1 or > 62)
            throw new ArgumentOutOfRangeException(nameof(largestExponent), largestExponent, "Scales are powers of two from 2 to at most 2^62.");
        GrownInput? kept = null;
        for (var generator = 0; generator < generators; generator++)
        {
            var step = GrowthStep.Ran;
            for (var exponent = 1; exponent <= largestExponent && step == GrowthStep.Ran; exponent++)
            {
                cancellation.ThrowIfCancellationRequested();
                var scale = 1L << exponent;
                step = await attempt(generator, scale, cancellation).ConfigureAwait(false);
                if (step == GrowthStep.Ran) kept = new GrownInput(generator, scale, IsWellDefined: false);
            }

            // Accepted although it kept nothing: the published search tries no further generator then.
            if (step != GrowthStep.Failed) return kept is null ? null : kept with { IsWellDefined = kept.Generator == generator };
        }

        return kept;
    }
}
