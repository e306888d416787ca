using Vilfredo.Measurement.IdealizedRuntime;
using Vilfredo.Measurement.IdealizedRuntime.Comparison;

namespace Vilfredo.Measurement.Tests.IdealizedRuntime;

public class HardwareTests
{
    [Fact]
    public void The_published_times_per_token_are_those_of_the_profiles()
    {
        foreach (var profile in PublishedProfiles.Idealized().Profiles)
        {
            if (PublishedArchitectures.Of(profile.Model) is { } architecture)
                Assert.Equal(architecture.A100SecondsPerToken, profile.SecondsPerOutputToken);
            else
                Assert.Equal("openai/ada", profile.Model);
        }
    }

    [Fact]
    public void V100s_are_slower_for_every_architecture_and_cheaper_for_the_small_ones()
    {
        var both = PublishedArchitectures.All.Where(architecture => architecture.V100DollarsPerToken is not null).ToArray();
        Assert.All(both, architecture => Assert.True(architecture.V100SecondsPerToken > architecture.A100SecondsPerToken));
        Assert.Equal(
            ["GPT-J 6B", "J1-Large 7.5B", "Anthropic 52B"],
            both.Where(architecture => architecture.V100DollarsPerToken < architecture.A100DollarsPerToken).Select(architecture => architecture.Name));
        Assert.Equal(0.081 * 8 * 4.096 / 3600, PublishedArchitectures.Of("openai/davinci")!.A100DollarsPerToken, 1e-15);
    }

    [Fact]
    public void Requests_are_costed_on_each_hardware_and_the_dearer_and_slower_is_dominated()
    {
        RuntimeProfile On(string hardware, double perToken) => new("m", hardware, "s", perToken, new Dictionary<int, double> { [1] = 0.1 });
        HardwareOption[] options =
        [
            new(On("fast", 0.01), new AcceleratorSetup(1, 3600, 300)), new(On("slow", 0.02), new AcceleratorSetup(1, 900, 100)), new(On("bad", 0.03), new AcceleratorSetup(2, 3600)),
        ];
        var costs = HardwareComparison.Of(options, [new TokenQuery(1, 91, 2)]);
        Assert.Equal(2.0, costs[0].Seconds, 1e-12);
        Assert.Equal(2.0, costs[0].Cost.Amount, 1e-12);
        Assert.Equal(600, costs[0].Joules, 1e-9);
        Assert.Equal(3.8, costs[1].Seconds, 1e-12);
        Assert.Equal(0.95, costs[1].Cost.Amount, 1e-12);
        Assert.Equal(0, costs[2].Joules);
        var frontier = HardwareComparison.ToFrontier(costs);
        Assert.Equal(["fast", "slow"], frontier.NonDominated.Select(point => point.Configuration["hardware"]));
        Assert.Equal("bad", Assert.Single(frontier.Dominated).Configuration["hardware"]);
    }

    [Fact]
    public void Costs_in_two_currencies_are_not_compared()
    {
        var profile = new RuntimeProfile("m", "h", "s", 0, new Dictionary<int, double> { [1] = 1 });
        var costs = HardwareComparison.Of([new(profile, new AcceleratorSetup(1, 1)), new(profile, new AcceleratorSetup(2, 1, currency: "EUR"))], [new TokenQuery(1, 1)]);
        Assert.Contains("USD and EUR", Assert.Throws<ArgumentException>(() => HardwareComparison.ToFrontier(costs)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => HardwareComparison.ToFrontier([]));
    }
}
