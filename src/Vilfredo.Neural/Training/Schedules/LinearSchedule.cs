namespace Vilfredo.Neural.Training.Schedules;

/// <summary>A linear warm-up, then a linear fall from 1 to <paramref name="finalFactor"/> at step <paramref name="totalSteps"/>.</summary>
/// <param name="totalSteps">The step at which the last factor is reached; more than the warm-up.</param>
/// <param name="warmupSteps">The steps of the rise: step i of them has the factor (i + 1) / warm-up. Not negative.</param>
/// <param name="finalFactor">The last factor, in [0, 1].</param>
public sealed class LinearSchedule(long totalSteps, long warmupSteps = 0, double finalFactor = 0) : ISchedule
{
    private readonly Warmup _warmup = Warmup.Of(warmupSteps, totalSteps, finalFactor);

    /// <inheritdoc/>
    public double Factor(long step) => _warmup.Factor(step) ?? 1 - ((1 - finalFactor) * _warmup.Progress(step, totalSteps));
}
