using CsCheck;
using Vilfredo.Measurement.Footprint.Portfolio;

namespace Vilfredo.Measurement.Tests.Footprint;

public sealed class PortfolioTests
{
    private static readonly PortfolioFactors Published = new();

    /// <summary>kWh per inference as printed: total; and kg CO2e, m3, MJ, kg Sb of use and of making the computers.</summary>
    public static TheoryData<UseCaseKind, string, double, double[], double[]> PublishedInferences => new()
    {
        { UseCaseKind.Chat, "low", 9.31e-5, [5.55e-5, 2.72e-6, 1.20e-3, 1.99e-12], [3.11e-6, 1.06e-6, 4.61e-5, 1.59e-11] },
        { UseCaseKind.Chat, "medium", 1.55e-3, [9.26e-4, 4.54e-5, 2.01e-2, 3.32e-11], [5.19e-5, 1.77e-5, 7.68e-4, 2.65e-10] },
        { UseCaseKind.Chat, "high", 1.73e-2, [1.03e-2, 5.06e-4, 2.24e-1, 3.70e-10], [5.79e-4, 1.98e-4, 8.57e-3, 2.96e-9] },
        { UseCaseKind.RetrievalAugmented, "low", 1.56e-4, [9.28e-5, 4.55e-6, 2.01e-3, 3.32e-12], [5.17e-6, 1.77e-6, 7.65e-5, double.NaN] },
        { UseCaseKind.RetrievalAugmented, "medium", 2.64e-3, [1.58e-3, 7.72e-5, 3.41e-2, 5.64e-11], [8.82e-5, 3.02e-5, 1.31e-3, 4.52e-10] },
        { UseCaseKind.RetrievalAugmented, "high", 2.99e-2, [1.79e-2, 8.75e-4, 3.87e-1, 6.40e-10], [1.00e-3, 3.42e-4, 1.48e-2, 5.11e-9] },
        { UseCaseKind.Agents, "low", 4.97e-4, [2.96e-4, 1.45e-5, 6.42e-3, 1.06e-11], [1.66e-5, 5.67e-6, 2.46e-4, double.NaN] },
        { UseCaseKind.Agents, "medium", 8.54e-3, [5.09e-3, 2.49e-4, 1.10e-1, 1.82e-10], [2.85e-4, 9.75e-5, 4.23e-3, 1.46e-9] },
        { UseCaseKind.Agents, "high", 9.58e-2, [5.72e-2, 2.80e-3, 1.24, 2.05e-9], [3.20e-3, 1.09e-3, 4.74e-2, 1.64e-8] },
        { UseCaseKind.Tabular, "", 3.46e-8, [2.06e-8, 1.01e-9, 4.47e-7, 7.39e-16], [1.37e-9, 4.40e-10, 2.05e-8, 3.17e-13] },
        { UseCaseKind.ComputerVision, "", 3.17e-4, [1.89e-4, 9.26e-6, 4.09e-3, 6.77e-12], [8.75e-7, 2.98e-7, 1.30e-5, double.NaN] },
        { UseCaseKind.LanguageProcessing, "", 3.70e-6, [2.20e-6, 1.08e-7, 4.78e-5, 7.90e-14], [1.22e-7, 4.17e-8, 1.81e-6, double.NaN] },
    };

    // Metals of making the computers (NaN above) are printed with a share of ordinary processors that the text does not give.
    [Theory]
    [MemberData(nameof(PublishedInferences))]
    public void An_inference_has_the_published_impacts(UseCaseKind kind, string model, double kilowattHours, double[] operational, double[] embodied)
    {
        var breakdown = Inference(kind, model);
        Assert.Equal(1, breakdown.Total.Energy / kilowattHours, 0.025);
        var use = breakdown.Of(ImpactStage.Operational);
        var making = breakdown[ImpactComponent.Compute, ImpactStage.Embodied];
        for (var i = 0; i < operational.Length; i++)
        {
            // Given the printed energy, within its three digits.
            var criterion = Impacts.Criteria[i + 1];
            Assert.Equal(1, use[criterion] / use.Energy * kilowattHours / operational[i], 0.012);
            if (!double.IsNaN(embodied[i])) Assert.Equal(1, making[criterion] / embodied[i], 0.03);
        }
    }

    [Fact]
    public void Storage_and_network_of_an_image_have_the_published_energy()
    {
        var vision = Inference(UseCaseKind.ComputerVision, "");
        Assert.Equal(7.81e-5, vision[ImpactComponent.Storage, ImpactStage.Operational].Energy, 7.81e-7);
        Assert.Equal(2.13e-4, vision[ImpactComponent.Network, ImpactStage.Operational].Energy, 2.13e-6);
    }

    [Fact]
    public void A_kWh_of_the_data_centres_has_the_weighted_impacts_of_grids_and_site()
    {
        var impacts = Published.PerKilowattHour();
        Assert.Equal(0.59621, impacts.Climate, 1e-5);
        Assert.Equal(0.029238, impacts.Water, 1e-6);
        Assert.Equal(12.9324, impacts.PrimaryEnergy, 1e-3);
        Assert.Equal(2.13833e-8, impacts.Resources, 1e-13);
        Assert.Equal(1, impacts.Energy);
    }

    [Fact]
    public void One_region_gives_its_own_grid()
    {
        var factors = Published with { Grid = [PortfolioFactors.PublishedRegions[2] with { Share = 1 }] };
        Assert.Equal(0.410, factors.Electricity().Climate, 1e-12);
    }

    [Theory]
    [InlineData(8, 3)]
    [InlineData(70, 19)]
    [InlineData(405, 106)]
    [InlineData(100.0 / 2.6, 10)]
    [InlineData(101.0 / 2.6, 11)]
    public void A_model_takes_a_device_per_10_GB(double billions, int devices) =>
        Assert.Equal(devices, new ServedModel("m", billions, 1, 1, 1, 1).Devices);

    [Fact]
    public void The_typical_portfolio_of_100_use_cases_has_the_published_year()
    {
        var portfolio = Typical();
        var year = portfolio.Evaluate();
        Assert.Equal(100, portfolio.UseCases.Sum(useCase => useCase.Count), 1e-9);
        Assert.Equal(3.9e6, year.Total.Energy, 0.03 * 3.9e6);
        Assert.Equal(2_480_000, year.Total.Climate, 0.03 * 2_480_000);
        Assert.Equal(160_000, year.Total.Water, 0.03 * 160_000);
        Assert.Equal(0.76, year.Total.Resources, 0.03 * 0.76);
        Assert.Equal(0.630, year.Total.Climate / year.Total.Energy, 0.01);
        Assert.Equal(0.89, Share(ImpactCriterion.Resources), 0.01);
        Assert.Equal(0.05, Share(ImpactCriterion.Climate), 0.01);
        Assert.Equal(0.29, Share(ImpactCriterion.Water), 0.02);
        var generative = portfolio with { UseCases = [.. portfolio.UseCases.Where(useCase => useCase.Workload.IsGenerative)] };
        Assert.Equal(0.999, generative.Evaluate().Total.Energy / year.Total.Energy, 0.001);

        double Share(ImpactCriterion criterion) => year.Of(ImpactStage.Embodied)[criterion] / year.Total[criterion];
    }

    [Fact]
    public void Impacts_are_proportional_to_users_days_and_count() =>
        Gen.Select(Gen.Double[0.1, 100], Gen.Enum<UseCaseKind>()).Sample((times, kind) =>
        {
            var one = UseCase(kind);
            var expected = Year(one) * times;
            Close(expected, Year(one with { Users = one.Users * times }));
            Close(expected, Year(one with { RequestsPerDay = one.RequestsPerDay * times }));
            Close(expected, new AiPortfolio("p", [one with { Workload = one.Workload with { FineTuningKilowattHours = 0 } }], Published with { DaysPerYear = 250 * times }).Evaluate().Total);
            Close(expected, Year(one with { Count = times }));

            static Impacts Year(UseCase useCase) => ImpactBreakdown.OfYear(useCase with { Workload = useCase.Workload with { FineTuningKilowattHours = 0 } }, Published).Total;
        });

    [Fact]
    public void Rating_alike_use_cases_together_is_rating_each() =>
        Close(
            Typical().UseCases.Aggregate(default(Impacts), (sum, useCase) => sum + ImpactBreakdown.OfYear(useCase, Published).Total),
            Typical().Evaluate().Total);

    [Fact]
    public void Half_the_power_halves_the_energy_and_leaves_the_making_of_hardware()
    {
        var half = Published with { GraphicsWatts = Published.GraphicsWatts / 2 };
        var workload = Workload.Of(UseCaseKind.Chat);
        var full = ImpactBreakdown.OfInference(workload, Published.Model("high"), Published);
        var less = ImpactBreakdown.OfInference(workload, half.Model("high"), half);
        Assert.Equal(0.5, less[ImpactComponent.Compute, ImpactStage.Operational].Climate / full[ImpactComponent.Compute, ImpactStage.Operational].Climate, 1e-9);
        Close(full[ImpactComponent.Compute, ImpactStage.Embodied], less[ImpactComponent.Compute, ImpactStage.Embodied]);
    }

    [Fact]
    public void PUE_enters_energy_once_and_not_the_water_on_site()
    {
        var better = Published with { Pue = 1 };
        var workload = Workload.Of(UseCaseKind.Chat);
        var at115 = ImpactBreakdown.OfInference(workload, Published.Model("high"), Published)[ImpactComponent.Compute, ImpactStage.Operational];
        var at1 = ImpactBreakdown.OfInference(workload, better.Model("high"), better)[ImpactComponent.Compute, ImpactStage.Operational];
        Assert.Equal(1.15, at115.Energy / at1.Energy, 1e-12);
        Assert.Equal(Published.SiteWater().Water * at115.Energy, better.SiteWater().Water * at1.Energy, 1e-12);
    }

    [Fact]
    public void Use_cases_with_a_stated_benefit_have_a_return()
    {
        var useful = UseCase(UseCaseKind.Tabular) with { Name = "useful", AvoidedKilograms = 500, Value = 20_000, Count = 2 };
        var costly = UseCase(UseCaseKind.Agents) with { Name = "costly", AvoidedKilograms = 500 };
        var rows = ReturnOnEnvironment.Of(new AiPortfolio("p", [useful, costly, UseCase(UseCaseKind.Chat)], Published));
        Assert.Equal(["costly", "useful"], rows.Select(row => row.UseCase.Name));
        Assert.Equal(500 / rows[0].Climate, rows[0].Avoided!.Value, 1e-9);
        Assert.Null(rows[0].Value);
        Assert.Equal(1000 / rows[1].Climate, rows[1].Avoided!.Value, 1e-6);
        Assert.Equal(40_000 / rows[1].Climate, rows[1].Value!.Value, 1e-6);
    }

    [Theory]
    [InlineData(0, 'A')]
    [InlineData(3.46e-8, 'B')]
    [InlineData(3.7e-6, 'D')]
    [InlineData(9.31e-5, 'E')]
    [InlineData(1e-4, 'F')]
    [InlineData(1.73e-2, 'G')]
    public void The_score_has_a_letter_per_factor_of_ten(double kilowattHours, char letter) => Assert.Equal(letter, EcoScore.Of(kilowattHours));

    [Fact]
    public void What_is_no_portfolio_is_refused()
    {
        Assert.Contains("sum to 0.72", Assert.Throws<ArgumentException>(() => Published with { Grid = [.. PortfolioFactors.PublishedRegions.Where(region => region.Name != "EU-27")] }).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Published with { Pue = 0.9 });
        Assert.Contains("known are low, medium, high", Assert.Throws<ArgumentException>(() => Published.Model("huge")).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => UseCase(UseCaseKind.Chat) with { Users = -1 });
    }

    internal static AiPortfolio Typical() => new("typical", AiPortfolio.Typical(100, Published), Published);

    private static UseCase UseCase(UseCaseKind kind) => new() { Name = "one", Kind = kind, Users = 50, RequestsPerDay = 4 };

    private static ImpactBreakdown Inference(UseCaseKind kind, string model)
    {
        var workload = Workload.Of(kind);
        return ImpactBreakdown.OfInference(workload, workload.IsGenerative ? Published.Model(model) : null, Published);
    }

    private static void Close(Impacts expected, Impacts actual)
    {
        foreach (var criterion in Impacts.Criteria) Assert.Equal(expected[criterion], actual[criterion], 1e-9 * Math.Abs(expected[criterion]) + 1e-300);
    }
}
