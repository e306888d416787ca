using Vilfredo.Measurement.IdealizedRuntime;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Transformers;
using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

public class IdealizedRuntimeTests
{
    [Fact]
    public void The_shipped_profiles_have_the_printed_seconds_per_token() =>
        Assert.All(PublishedRuntimes.PerToken(), value => Assert.True(value.Agrees, value.ToString()));

    [Fact]
    public void Thirty_of_the_thirty_three_printed_prompt_times_agree_and_the_others_are_a_millisecond_off()
    {
        var wrong = PublishedRuntimes.Prompts().Where(value => !value.Agrees).ToArray();
        Assert.Equal(3, wrong.Length);
        Assert.All(wrong, value => Assert.Equal(value.Expected, value.Actual, 0.0010001));
    }

    [Fact]
    public void E_has_three_times_the_parameters_of_F() =>
        Assert.Equal(3, SmallModel.All[4].Parameters / SmallModel.All[5].Parameters, 0.05);

    [Fact]
    public void The_text_is_made_of_sums_that_are_right()
    {
        var text = new string([.. SumText.Tokens(500, new RandomGenerator(1)).Select(code => (char)code)]);
        Assert.Equal(500, text.Length);
        foreach (var line in text.Split('\n').SkipLast(1))
        {
            int[] numbers = [.. line.Split('+', '=').Select(int.Parse)];
            Assert.Equal(numbers[0] + numbers[1], numbers[2]);
        }
    }

    [Fact]
    public void Pretended_waiting_passes_on_the_clock()
    {
        var clock = new ProcessorClock();
        var start = clock.GetTimestamp();
        clock.Wait(1000);
        Assert.InRange(clock.GetElapsedTime(start).TotalSeconds, 1000, 1500);
    }

    [Fact]
    public async Task Others_make_an_endpoint_slower_and_lengths_stay_exact()
    {
        Libtorch.Prepare();
        using var model = new Decoder(SmallModel.All[0].Config, 1);
        var endpoint = new LocalEndpoint(model, new RandomGenerator(1));
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(new(5, 3), await endpoint.CallAsync(5, 3, cancellation));

        // A profile of 1,000 s per token, so that what the model really takes does not matter: half of the requests wait, and long.
        var slow = new RuntimeProfile("slow", "", "", 1000, new Dictionary<int, double> { [1] = 1000 });
        endpoint.Load(slow, new RandomGenerator(2));
        var waits = new List<double>();
        for (var i = 0; i < 60; i++) waits.Add(await endpoint.TimedAsync(new TokenQuery(1, 1), cancellation));
        Assert.InRange(waits.Count(wait => wait < 500), 18, 42);

        // Pollaczek and Khinchine: the mean wait is ρ E[S²] / (2 (1 − ρ) E[S]), here half of 65/3 tokens with 1/3 to spare for chance.
        Assert.InRange(waits.Average(), 5_000, 17_500);
    }
}
