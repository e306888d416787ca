namespace Vilfredo.Neural.Training.Comparison;

/// <summary>Learning rates that were tried, and the loss that each ended with.</summary>
/// <param name="Trials">By rising rate; an infinite loss where the training diverged.</param>
public sealed record RateSweep(IReadOnlyList<(double Rate, double Loss)> Trials)
{
    /// <summary>The rate with the lowest loss.</summary>
    public double Best => Trials.MinBy(trial => trial.Loss).Rate;

    /// <summary>Whether the best rate is the lowest or highest that was tried, so that a better one may lie beyond.</summary>
    public bool IsBestAtEdge => Best == Trials[0].Rate || Best == Trials[^1].Rate;

    /// <summary>Tries rates, and goes on beyond the lowest or highest while that is the best.</summary>
    /// <param name="rates">Rising rates; at least two. The grid goes on by the ratio of the two at its edge.</param>
    /// <param name="finalLoss">Trains with a rate and gives the loss at the end; a <see cref="TrainingDivergedException"/> counts as an infinite loss.</param>
    /// <param name="mostExtensions">How many rates may be added. Not negative.</param>
    /// <exception cref="ArgumentException">There are fewer than two rates, or they are not positive and rising.</exception>
    /// <exception cref="InvalidOperationException">Every training diverged, or the best rate is still at the edge.</exception>
    public static RateSweep Run(IReadOnlyList<double> rates, Func<double, double> finalLoss, int mostExtensions = 4)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(finalLoss);
        ArgumentOutOfRangeException.ThrowIfNegative(mostExtensions);
        if (rates.Count < 2 || !(rates[0] > 0) || rates.Zip(rates.Skip(1)).Any(pair => !(pair.Second > pair.First)))
            throw new ArgumentException($"The rates are {string.Join(", ", rates)}; give at least two, positive and rising.", nameof(rates));
        var sweep = new RateSweep([.. rates.Select(Tried)]);
        for (var i = 0; i < mostExtensions && sweep.IsBestAtEdge; i++)
        {
            var trials = sweep.Trials;
            sweep = sweep.Best == trials[0].Rate
                ? new([Tried(trials[0].Rate * trials[0].Rate / trials[1].Rate), .. trials])
                : new([.. trials, Tried(trials[^1].Rate * trials[^1].Rate / trials[^2].Rate)]);
        }

        if (sweep.Trials.All(trial => double.IsPositiveInfinity(trial.Loss)))
            throw new InvalidOperationException($"Every training diverged, with rates from {sweep.Trials[0].Rate:G3} to {sweep.Trials[^1].Rate:G3}; try lower ones.");
        return sweep.IsBestAtEdge
            ? throw new InvalidOperationException($"The best rate, {sweep.Best:G3}, is at the edge of those tried, {sweep.Trials[0].Rate:G3} to {sweep.Trials[^1].Rate:G3}; begin with others or allow more.")
            : sweep;

        (double, double) Tried(double rate)
        {
            try
            {
                var loss = finalLoss(rate);
                return (rate, double.IsNaN(loss) ? double.PositiveInfinity : loss);
            }
            catch (TrainingDivergedException)
            {
                return (rate, double.PositiveInfinity);
            }
        }
    }
}
