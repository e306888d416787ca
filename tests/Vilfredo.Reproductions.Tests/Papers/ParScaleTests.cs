using TorchSharp;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Transformers;
using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

public class ParScaleTests
{
    [Fact]
    public void The_published_law_and_numbers_of_parameters_come_out() =>
        Assert.All(PublishedStreams.Gains().Concat(PublishedStreams.Fits()).Concat(PublishedStreams.Parameters()), value => Assert.True(value.Agrees, value.ToString()));

    [Fact]
    public void A_language_keeps_its_facts_and_its_arithmetic_is_right()
    {
        var language = new StreamText(new RandomGenerator(1));
        var random = new RandomGenerator(2);
        var facts = new Dictionary<string, string>();
        var products = 0;
        for (var i = 0; i < 1000; i++)
        {
            var line = language.Line(random);
            if (line.Contains('=', StringComparison.Ordinal))
            {
                int[] numbers = [.. line.Split('+', '*', '=').Select(int.Parse)];
                products += line.Contains('*', StringComparison.Ordinal) ? 1 : 0;
                Assert.Equal(line.Contains('*', StringComparison.Ordinal) ? numbers[0] * numbers[1] % 97 : numbers[0] + numbers[1], numbers[2]);
            }
            else if (line.Split(" of ") is [var name, var fact])
            {
                Assert.True(facts.TryAdd(name, fact) || facts[name] == fact, line);
            }
        }

        Assert.InRange(products, 140, 260);
        Assert.InRange(facts.Count, 60, 80);
        Assert.Equal(language.Tokens(50, new RandomGenerator(3)), new StreamText(new RandomGenerator(1)).Tokens(50, new RandomGenerator(3)));
    }

    [Fact]
    public void A_frozen_base_stays_as_it_is_and_only_what_the_streams_add_is_trained()
    {
        Libtorch.Prepare();
        var frozen = StreamMethod.All.Single(method => method.Name == StreamMethod.OnFrozen(4));
        using var one = new Decoder(StreamTraining.Shape, 1);
        using var four = new Decoder(frozen.Of(StreamTraining.Shape), 2);
        StreamTraining.Begin(four, one.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.data<float>().ToArray()));
        var trained = frozen.Groups(four).SelectMany(group => group.Parameters).ToArray();
        var added = four.named_parameters().Select(pair => pair.name).Except(one.named_parameters().Select(pair => pair.name)).ToArray();
        Assert.Equal(added.Order(), trained.Select(parameter => parameter.Name).Order());
        Assert.All(frozen.Groups(four), group => Assert.Equal(frozen.NewRate, group.LearningRate));
        var weights = four.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        foreach (var (name, parameter) in one.named_parameters())
            Assert.True(parameter.equal(weights[name]).all().item<bool>(), name);
    }

    [Fact]
    public void Old_and_new_parts_of_a_whole_model_have_rates_of_their_own()
    {
        Libtorch.Prepare();
        var whole = StreamMethod.All.Single(method => method.Name == StreamMethod.Full(2));
        using var model = new Decoder(whole.Of(StreamTraining.Shape), 1);
        var groups = whole.Groups(model);
        Assert.Equal(model.named_parameters().Count(), groups.Sum(group => group.Parameters.Count));
        Assert.All(groups, group => Assert.All(group.Parameters, parameter => Assert.Equal(
            parameter.Name.Contains("prefix", StringComparison.Ordinal) || parameter.Name.Contains("aggregate", StringComparison.Ordinal) ? whole.NewRate : whole.Rate, group.LearningRate)));
    }

    [Fact]
    public void All_methods_of_a_seed_begin_with_the_same_base_and_the_same_run_gives_the_same_loss()
    {
        Libtorch.Prepare();
        var training = new StreamTraining(4, 2, 4);
        var cancellation = TestContext.Current.CancellationToken;
        var losses = StreamMethod.All.Where(method => method.Streams == 1).Select(method => training.Run(method, 5, cancellation)).ToArray();
        Assert.All(losses, outcome => Assert.Equal(losses[0].Loss, outcome.StartLoss));
        Assert.True(losses[2].Loss < losses[1].Loss && losses[1].Loss < losses[0].Loss);
        Assert.Equal(losses[1], training.Run(StreamMethod.All[1], 5, cancellation));
        Assert.NotEqual(losses[0].Loss, training.Run(StreamMethod.All[0], 6, cancellation).Loss);
    }

    [Fact]
    public void What_streams_add_to_the_timed_model_is_small()
    {
        Libtorch.Prepare();
        Assert.True(new Neural.Accounting.DecoderCosts(StreamLatency.Shape).Parameters.TotalWithoutVocabulary > 5_000_000);
        Assert.True(StreamLatency.SecondsPerToken(StreamTraining.Shape, 2, 1, 1, TestContext.Current.CancellationToken) > 0);
    }
}
