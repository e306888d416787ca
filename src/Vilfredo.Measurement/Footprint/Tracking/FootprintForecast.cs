using Vilfredo.Measurement.Footprint.Carbon;

namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>What a whole training will use, predicted from its first epochs as CarbonTracker does: their mean times the number of epochs.</summary>
/// <param name="Seconds">Predicted time.</param>
/// <param name="Energy">Predicted energy of the computer.</param>
/// <param name="Grams">Predicted g CO2e, operational and, where counted, embodied; the grid stays as it was in the epochs.</param>
/// <param name="Epochs">How many epochs are predicted for.</param>
/// <param name="Measured">From how many it is predicted.</param>
public sealed record FootprintForecast(double Seconds, ItEnergy Energy, double Grams, int Epochs, int Measured)
{
    /// <summary>Predicts a training.</summary>
    /// <param name="first">A report per epoch that has ended, at least one.</param>
    /// <param name="epochs">All epochs, at least as many. Those after the best one are spent too.</param>
    /// <exception cref="ArgumentException">There is no report, or there are more than epochs.</exception>
    public static FootprintForecast Of(IReadOnlyList<FootprintReport> first, int epochs)
    {
        ArgumentNullException.ThrowIfNull(first);
        if (first.Count == 0) throw new ArgumentException("A prediction needs the report of at least one epoch.", nameof(first));
        if (epochs < first.Count) throw new ArgumentException($"{first.Count} epochs have ended, so there are not {epochs} in all.", nameof(epochs));
        var times = (double)epochs / first.Count;
        return new FootprintForecast(
            first.Sum(report => report.Seconds) * times, ItEnergy.FromKilowattHours(first.Sum(report => report.Energy.KilowattHours) * times),
            first.Sum(report => report.TotalGrams) * times, epochs, first.Count);
    }
}
