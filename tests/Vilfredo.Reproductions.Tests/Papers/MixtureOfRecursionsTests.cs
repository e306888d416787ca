using System.Globalization;
using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

public class MixtureOfRecursionsTests
{
    [Fact]
    public void Answers_of_a_stream_are_those_of_its_tables_and_copies()
    {
        var stream = new HopStream(new RandomGenerator(1));
        var (batch, kinds) = stream.Rows(200, 48, new RandomGenerator(2));
        var seen = new HashSet<int>();
        for (var row = 0; row < 200; row++)
        {
            var (symbol, hops, copied) = (-1, 0, new List<int>());
            for (var i = row * 48; i < (row + 1) * 48; i++)
            {
                var (token, target, kind) = ((int)batch.Inputs[i], batch.Targets[i], kinds[i]);
                seen.Add(kind);
                switch (token)
                {
                    case HopStream.Begin:
                        (copied, symbol) = ([], -1);
                        Assert.Equal(HopStream.Silent, kind);
                        break;
                    case HopStream.Repeat:
                        Assert.Equal((HopStream.OfCopy, copied[0]), (kind, target));
                        break;
                    case >= HopStream.Symbols:
                        symbol = stream.After(token - HopStream.Symbols, symbol);
                        Assert.Equal((++hops, symbol), (kind, target));
                        break;
                    default:
                        copied.Add(token);
                        (symbol, hops) = (token, 0);
                        // In a repetition the last symbols are those from its start on, and the next is asked.
                        if (kind == HopStream.OfCopy)
                            Assert.Equal(copied[copied.Count - HopStream.Copied], target);
                        else
                            Assert.Equal(HopStream.Silent, kind);
                        break;
                }

                Assert.Equal(kind == HopStream.Silent, target == TokenBatch.Unscored);
            }
        }

        Assert.Equal(Enumerable.Range(HopStream.Silent, HopStream.MostHops + 2), seen.Order());
        var again = new HopStream(new RandomGenerator(1)).Rows(200, 48, new RandomGenerator(2));
        Assert.Equal(batch.Inputs.ToArray(), again.Batch.Inputs.ToArray());
        Assert.Equal(batch.Targets.ToArray(), again.Batch.Targets.ToArray());
    }

    [Fact]
    public void Forms_have_names_of_their_own_and_the_parameters_that_are_compared()
    {
        Assert.Distinct(DepthForms.All.Select(form => form.Name));
        var four = Layers(DepthForms.Reduced);
        Assert.Equal(2 * four, Layers(DepthForms.Vanilla));
        foreach (var form in DepthForms.All)
            Assert.Equal(form == DepthForms.Vanilla || form == DepthForms.MixtureOfDepths ? 2 * four : four, Layers(form));
        Assert.All(DepthForms.All, form => Assert.Contains(DepthForms.Tuned, tuned => (tuned.Rate, tuned.Range) == (form.Rate, form.Range)));

        static long Layers(DepthForm form)
        {
            var parameters = new DecoderCosts(form.Config(32)).Parameters;
            return parameters.Attention + parameters.FeedForward;
        }
    }

    [Fact]
    public void Equal_operations_are_those_of_the_vanilla_model()
    {
        var training = DepthTraining.Of(Scale.Full);
        double Flops(DepthForm form) => training.StepsOf(form) * form.TrainingFlopsPerToken(training.Width);
        Assert.Equal(1, Flops(DepthForms.ExpertLonger) / Flops(DepthForms.Vanilla), 0.005);
        Assert.Equal(1, Flops(DepthForms.Recursive) / Flops(DepthForms.Vanilla), 1e-12);
        Assert.InRange(Flops(DepthForms.Expert) / Flops(DepthForms.Vanilla), 0.7, 0.8);
    }

    [Theory]
    [InlineData("Vanilla")]
    [InlineData("MoR, expert choice")]
    [InlineData("MoR, random picks")]
    [InlineData("MoR, token choice, shared keys")]
    public void A_training_repeats_and_another_seed_gives_another(string name)
    {
        Libtorch.Prepare();
        var training = DepthTraining.Of(Scale.Smoke);
        var form = DepthForms.All.Single(one => one.Name == name);
        var first = training.Train(form, 5, TestContext.Current.CancellationToken);
        Assert.Equal(first.Loss, training.Train(form, 5, TestContext.Current.CancellationToken).Loss, 1e-4);
        Assert.NotEqual(first.Loss, training.Train(form, 6, TestContext.Current.CancellationToken).Loss);
        Assert.Equal(HopStream.MostHops + 1, first.LossOf.Count);
        Assert.Equal(first.Shares.OrderDescending(), first.Shares);
        Assert.All(first.DepthOf.Values, depth => Assert.InRange(depth, 1, 3));
    }

    [Fact]
    public void The_served_shape_has_360_million_parameters_and_shallow_tokens_make_it_faster()
    {
        Assert.InRange(new DecoderCosts(DepthServing.Shape).Parameters.Total, 355e6, 368e6);
        int[][] Sequences(Func<int, int> depth) => [.. Enumerable.Range(0, 64).Select(i => Enumerable.Range(0, 48).Select(t => depth(i + t)).ToArray())];
        Assert.Equal(1, DepthServing.Speedups(Sequences(_ => 3)).Continuous, 1e-9);
        var once = DepthServing.Speedups(Sequences(_ => 1));
        Assert.Equal(once.Continuous, once.Synchronous, 1e-9);
        Assert.InRange(once.Continuous, 1.5, 3);
        var mixed = DepthServing.Speedups(Sequences(i => 1 + i % 3));
        Assert.Equal(1, mixed.Synchronous, 1e-9);
        Assert.InRange(mixed.Larger / mixed.Continuous, 1.4, 1.6); // weights are read once for more tokens
        Assert.True(mixed.Continuous > 1);
    }

    /// <summary>Takes many minutes; the rates and starts in <see cref="DepthForms"/> are those that it last found.</summary>
    [Fact(Explicit = true)]
    public void The_rates_and_starts_are_those_that_the_sweeps_choose()
    {
        Libtorch.Prepare();
        torch.set_num_threads(1);
        var chosen = new List<(string, double, double)>();
        foreach (var form in DepthForms.Tuned)
        {
            var (rates, starts) = DepthForms.Tune(form, 101, TestContext.Current.CancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{form.Name}: {rates.Best:G4} of {string.Join(", ", rates.Trials.Select(trial => $"{trial.Rate:G4} {trial.Loss:F3}"))}; {starts.Best:G4} of {string.Join(", ", starts.Trials.Select(trial => $"{trial.Rate:G4} {trial.Loss:F3}"))}"));
            chosen.Add((form.Name, rates.Best, starts.Best));
        }

        Assert.Equal(DepthForms.Tuned.Select(form => (form.Name, form.Rate, form.Range)), chosen);
    }
}
