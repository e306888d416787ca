namespace Vilfredo.Neural.Training.Schedules;

/// <summary>The linear rise that every schedule may begin with, and the share of the rest that is over.</summary>
internal readonly record struct Warmup
{
    private readonly long _steps;

    public Warmup(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps, "warmupSteps");
        _steps = steps;
    }

    /// <summary>Refuses a plan whose warm-up leaves no step, or whose last factor is no share.</summary>
    public static Warmup Of(long steps, long totalSteps, double finalFactor)
    {
        if (totalSteps <= steps)
            throw new ArgumentOutOfRangeException(nameof(totalSteps), totalSteps, $"The schedule has {totalSteps} steps of which {steps} are warm-up; there must be more steps than that.");
        if (!(finalFactor is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(finalFactor), finalFactor, "The last factor is a share of the peak learning rate: from 0 to 1.");
        return new(steps);
    }

    /// <summary>The factor within the warm-up, else null.</summary>
    public double? Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return step < _steps ? (step + 1d) / _steps : null;
    }

    /// <summary>How much of the steps from the end of the warm-up to <paramref name="totalSteps"/> is over, in [0, 1].</summary>
    public double Progress(long step, long totalSteps) => Math.Min(1, (double)(step - _steps) / (totalSteps - _steps));
}
