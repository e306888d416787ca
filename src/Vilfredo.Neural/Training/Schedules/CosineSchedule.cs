namespace Vilfredo.Neural.Training.Schedules;

/// <summary>A linear warm-up, then half a cosine from 1 to <paramref name="finalFactor"/> at step <paramref name="totalSteps"/> (Loshchilov and Hutter, SGDR, 2017, without restarts).</summary>
/// <param name="totalSteps">The step at which the last factor is reached; more than the warm-up.</param>
/// <param name="warmupSteps">The steps of the rise: step i of them has the factor (i + 1) / warm-up. Not negative.</param>
/// <param name="finalFactor">The last factor, in [0, 1].</param>
public sealed class CosineSchedule(long totalSteps, long warmupSteps = 0, double finalFactor = 0.1) : ISchedule
{
    private readonly Warmup _warmup = Warmup.Of(warmupSteps, totalSteps, finalFactor);

    /// <inheritdoc/>
    public double Factor(long step) =>
        _warmup.Factor(step) ?? finalFactor + ((1 - finalFactor) * (1 + Math.Cos(Math.PI * _warmup.Progress(step, totalSteps))) / 2);
}
