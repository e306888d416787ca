namespace Vilfredo.Neural.Training.Schedules;

/// <summary>A linear warm-up, a plateau at the peak, and a decay over the last steps (the trapezoid; WSD): the plateau can be prolonged without a new plan.</summary>
/// <param name="totalSteps">The step at which the last factor is reached; at least warm-up and decay together.</param>
/// <param name="decaySteps">The steps of the decay; not negative.</param>
/// <param name="warmupSteps">The steps of the rise: step i of them has the factor (i + 1) / warm-up. Not negative.</param>
/// <param name="finalFactor">The last factor, in [0, 1].</param>
/// <param name="shape">The form of the decay.</param>
public sealed class WarmupStableDecaySchedule(long totalSteps, long decaySteps, long warmupSteps = 0, double finalFactor = 0, DecayShape shape = DecayShape.Linear) : ISchedule
{
    private readonly Warmup _warmup = Warmup.Of(warmupSteps, totalSteps, finalFactor);
    private readonly long _decayStart = StartOfDecay(totalSteps, decaySteps, warmupSteps);

    /// <inheritdoc/>
    public double Factor(long step)
    {
        if (_warmup.Factor(step) is { } rising)
            return rising;
        if (step < _decayStart)
            return 1;
        var progress = step >= totalSteps ? 1 : (double)(step - _decayStart) / decaySteps;
        var remaining = shape == DecayShape.OneMinusSquareRoot ? 1 - Math.Sqrt(progress) : 1 - progress;
        return finalFactor + ((1 - finalFactor) * remaining);
    }

    private static long StartOfDecay(long totalSteps, long decaySteps, long warmupSteps) =>
        decaySteps >= 0 && decaySteps <= totalSteps - warmupSteps
            ? totalSteps - decaySteps
            : throw new ArgumentOutOfRangeException(nameof(decaySteps), decaySteps, $"Of {totalSteps} steps {warmupSteps} are warm-up; the decay can have 0 to {totalSteps - warmupSteps}.");
}
