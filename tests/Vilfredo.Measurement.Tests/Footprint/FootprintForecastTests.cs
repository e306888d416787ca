using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Tracking;

namespace Vilfredo.Measurement.Tests.Footprint;

public sealed class FootprintForecastTests
{
    [Fact]
    public void The_mean_of_the_first_epochs_stands_for_all()
    {
        var forecast = FootprintForecast.Of([Epoch(10, 1e6, 2), Epoch(30, 3e6, 4)], 40);
        Assert.Equal(800, forecast.Seconds, 1e-9);
        Assert.Equal(80e6 / 3.6e6, forecast.Energy.KilowattHours, 1e-9);
        Assert.Equal(40 * (3 + 0.5), forecast.Grams, 1e-9);
        Assert.Equal((40, 2), (forecast.Epochs, forecast.Measured));
    }

    [Fact]
    public void When_all_epochs_have_ended_the_prediction_is_their_sum() =>
        Assert.Equal(40, FootprintForecast.Of([Epoch(10, 1, 1), Epoch(30, 1, 1)], 2).Seconds, 1e-12);

    [Fact]
    public void Nothing_is_predicted_from_nothing_or_backwards()
    {
        Assert.Throws<ArgumentException>(() => FootprintForecast.Of([], 3));
        Assert.Throws<ArgumentException>(() => FootprintForecast.Of([Epoch(1, 1, 1), Epoch(1, 1, 1)], 1));
    }

    private static FootprintReport Epoch(double seconds, double joules, double grams) => new()
    {
        Started = default,
        Seconds = seconds,
        CpuSeconds = seconds,
        MeanResidentBytes = 0,
        Samples = 1,
        Scope = FootprintScope.Process,
        Readings = [new(EnergyComponent.Processor, joules, EnergyOrigin.Estimated, "test")],
        Alternatives = [],
        Facility = Facility.None,
        OperationalGrams = grams,
        EmbodiedGrams = 0.5,
        Assumptions = [],
    };
}
