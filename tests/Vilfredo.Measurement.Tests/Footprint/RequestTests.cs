using CsCheck;
using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Requests;

namespace Vilfredo.Measurement.Tests.Footprint;

public sealed class RequestTests
{
    [Fact]
    public void A_call_has_the_footprint_of_the_closed_form()
    {
        const double active = 70;
        var facility = new Facility { Pue = 1.2, SiteLitresPerKwh = 0.5, GridLitresPerKwh = 3 };
        var call = RequestFootprint.Estimate(Call(100, active) with { Facility = facility, Intensity = new CarbonIntensity(400, "x", 2024, "y") });

        var seconds = 100 * (6.785088094353663e-4 * active + 3.119310311688259e-4 * 64 + 0.019473717579473387);
        var wattHours = 100 * (1.1665273170451914e-6 * Math.Exp(-0.011205921025579175 * 64) * active + 4.052928146734005e-5);
        const double accelerators = 4; // 1.2 x 140 GB = 168 GB need 3 of 80 GB
        var energy = 1.2 * accelerators / 8 / 64 * seconds / 3600 + accelerators * wattHours / 1000;
        Assert.Equal(seconds, call.Seconds.Low, 1e-12);
        Assert.Equal(accelerators, call.Accelerators.High);
        Assert.Equal(energy, call.ServerKilowattHours.Low, 1e-15);
        Assert.Equal(1.2 * energy * 400, call.OperationalGrams.High, 1e-12);
        Assert.Equal(energy * (0.5 + 1.2 * 3), call.WaterLitres!.Value.Low, 1e-12);
        Assert.Equal(1000 * (4.0 / 8 * 5700 + 4 * 164) * seconds / (3 * 365 * 86400.0 * 64), call.EmbodiedGrams.Low, 1e-12);
    }

    [Fact]
    public void The_water_of_the_site_counts_PUE_only_when_the_other_code_is_imitated()
    {
        var facility = new Facility { Pue = 1.2, SiteLitresPerKwh = 0.5, GridLitresPerKwh = 3 };
        var call = Call(100, 8) with { Facility = facility, SiteWaterIncludesPue = true };
        var energy = RequestFootprint.Estimate(call).ServerKilowattHours.Low;
        Assert.Equal(energy * 1.2 * (0.5 + 3), RequestFootprint.Estimate(call).WaterLitres!.Value.Low, 1e-15);
        Assert.Null(RequestFootprint.Estimate(Call(100, 8)).WaterLitres);
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(33, 1)]
    [InlineData(34, 2)]
    [InlineData(70, 4)]
    [InlineData(405, 16)]
    public void Accelerators_are_the_power_of_two_that_holds_the_weights(double billions, int accelerators) =>
        Assert.Equal(accelerators, TokenModel.Accelerators(billions));

    [Fact]
    public void More_tokens_and_more_parameters_never_cost_less() =>
        Gen.Select(Gen.Double[0, 1e4], Gen.Double[0.1, 2000], Gen.Double[1, 3], Gen.Double[1, 3]).Sample((tokens, billions, more, larger) =>
        {
            var one = RequestFootprint.Estimate(Call(tokens, billions));
            Assert.True(RequestFootprint.Estimate(Call(tokens * more, billions)).TotalGrams.Low >= one.TotalGrams.Low);
            Assert.True(RequestFootprint.Estimate(Call(tokens, billions * larger)).TotalGrams.Low >= one.TotalGrams.Low);
        });

    [Fact]
    public void A_range_of_sizes_gives_the_estimates_of_its_ends()
    {
        var range = RequestFootprint.Estimate(Call(500, 8) with { ActiveBillions = new AmountRange(8, 405) });
        Assert.Equal(RequestFootprint.Estimate(Call(500, 8)).TotalGrams.Low, range.TotalGrams.Low, 1e-12);
        Assert.Equal(RequestFootprint.Estimate(Call(500, 405)).TotalGrams.High, range.TotalGrams.High, 1e-12);
    }

    [Fact]
    public void A_measured_time_bounds_the_time_of_generation()
    {
        Assert.Equal(0.5, RequestFootprint.Estimate(Call(500, 70) with { MeasuredSeconds = 0.5 }).Seconds.High);
        Assert.Equal(RequestFootprint.Estimate(Call(5, 70)).Seconds, RequestFootprint.Estimate(Call(5, 70) with { MeasuredSeconds = 100 }).Seconds);
    }

    [Fact]
    public void A_call_that_cannot_be_is_refused()
    {
        Assert.Contains("cannot be active", Assert.Throws<ArgumentException>(() => RequestFootprint.Estimate(Call(1, 70) with { TotalBillions = new AmountRange(8) })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => RequestFootprint.Estimate(Call(-1, 70)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RequestFootprint.Estimate(Call(1, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RequestFootprint.Estimate(Call(1, 8) with { Batch = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AmountRange(3, 2));
    }

    [Fact]
    public void A_computation_has_the_energy_of_its_parts()
    {
        var run = new GreenAlgorithms { Hours = 12, Cores = 12, WattsPerCore = 10, CoreUsage = 0.5, Accelerators = 2, WattsPerAccelerator = 250, MemoryGigabytes = 64, Runs = 3 };
        var energy = 12 * (12 * 10 * 0.5 + 2 * 250 + 64 * 0.3725) * 3 / 1000;
        Assert.Equal(energy, run.Energy().KilowattHours, 1e-12);
        Assert.Equal(energy * 1.56 * 475, run.Grams(new Facility { Pue = GreenAlgorithms.UnknownDataCentrePue }, CarbonIntensity.World), 1e-9);
        Assert.Equal(run.Energy().KilowattHours * 475, run.Grams(Facility.None, CarbonIntensity.World), 1e-9);
        Assert.Equal(1 + 2 + 0.5 * 4, GreenAlgorithms.TrainingRuns(2, 0.5, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => (run with { CoreUsage = 1.1 }).Energy());
        Assert.Throws<ArgumentOutOfRangeException>(() => (run with { Hours = -1 }).Energy());
    }

    [Fact]
    public void Grams_compare_to_cars_and_trees()
    {
        Assert.Equal(2, Equivalents.CarKilometres(350));
        Assert.Equal(12, Equivalents.TreeMonths(12 * 917), 1e-12);
    }

    private static LanguageModelRequest Call(double tokens, double billions) => new() { OutputTokens = tokens, ActiveBillions = new AmountRange(billions) };
}
