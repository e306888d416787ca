namespace Vilfredo.Neural.Training.Schedules;

/// <summary>The peak learning rate from the end of the warm-up on.</summary>
/// <param name="warmupSteps">The steps of a linear rise to the peak: step i of them has the factor (i + 1) / warm-up. Not negative.</param>
public sealed class ConstantSchedule(long warmupSteps = 0) : ISchedule
{
    private readonly Warmup _warmup = new(warmupSteps);

    /// <inheritdoc/>
    public double Factor(long step) => _warmup.Factor(step) ?? 1;
}
