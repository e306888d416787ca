using Vilfredo.Measurement.OffPolicy.Networks;

namespace Vilfredo.Measurement.OffPolicy.Stationary;

/// <summary>The distribution D of logged steps with known successors.</summary>
internal sealed class StationarySteps
{
    private readonly double endMass;
    private readonly double[] cumulative;

    public StationarySteps(LoggedTrajectories data, LagrangianOptions options, IReadOnlyList<int>? training = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        options.Check();
        if (data.Gamma >= 1)
            throw new ArgumentException("With a discount factor of 1 a value over all time is unbounded, and a stationary distribution is not defined; give one below 1, or use LinearEvaluation for the horizon.", nameof(data));
        endMass = 1 / (1 - data.Gamma);
        var steps = TrainingSteps.Of(data, training, options.EndsAtHorizon);
        double[] counts = [.. steps.Select(step => options.DiscountsData ? Math.Pow(data.Gamma, step.Entry % data.Horizon) : 1)];
        var sum = counts.Sum();
        All = [.. steps.Select((step, i) => (step.Entry, step.IsLast, counts[i] / sum))];
        cumulative = new double[counts.Length];
        var total = 0.0;
        for (var i = 0; i < counts.Length; i++) cumulative[i] = total += counts[i] / sum;
        Starts = [.. All.Select(step => step.Entry / data.Horizon * data.Horizon).Distinct()];
    }

    /// <summary>Entries, whether the trajectory ended there, and shares of D that sum to 1.</summary>
    public (int Entry, bool IsLast, double Share)[] All { get; }

    /// <summary>The entries of first steps.</summary>
    public int[] Starts { get; }

    /// <summary>The stationary mass that one unit of a step stands for: an end also for all that follows it, 1 + γ / (1 − γ).</summary>
    public double Mass(bool isLast) => isLast ? endMass : 1;

    /// <summary>Draws a step of D.</summary>
    public (int Entry, bool IsLast) Draw(RandomGenerator random)
    {
        var place = Array.BinarySearch(cumulative, random.NextDouble());
        var step = All[Math.Min(place < 0 ? ~place : place + 1, All.Length - 1)];
        return (step.Entry, step.IsLast);
    }
}
