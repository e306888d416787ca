using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Routing;
using Vilfredo.Inference.Routing.Featurization;
using Vilfredo.Inference.Routing.Files;
using Vilfredo.Inference.Routing.Metrics;
using Vilfredo.Inference.Routing.Predictors;
using Vilfredo.Inference.Routing.Records;
using Vilfredo.Inference.Routing.Rules;

namespace Vilfredo.Inference.Tests.Routing;

public class RouterTrainingTests
{
    public static TheoryData<RouterKind> All => [.. Enum.GetValues<RouterKind>()];

    public static TheoryData<RouterKind> Learners => [.. Enum.GetValues<RouterKind>().Except([RouterKind.Constant, RouterKind.Random])];

    [Theory]
    [MemberData(nameof(Learners))]
    public async Task A_router_that_can_read_the_difficulty_beats_draws_and_one_that_cannot_does_not(RouterKind kind)
    {
        var informed = await ReportAsync(kind, isReadable: true);
        Assert.True(informed.PairOverDraws.Lower > 0, $"{kind}: {informed.PairOverDraws}");
        Assert.True(informed.Pair.GapRecovered > 0.6, $"{kind}: {informed.Pair.GapRecovered}");
        Assert.True(informed.MeanOverHull.Lower > 0, $"{kind}: {informed.MeanOverHull}");
        Assert.True(informed.PairOracle.GapRecovered >= informed.Pair.GapRecovered);

        var blind = await ReportAsync(kind, isReadable: false);
        Assert.True(blind.PairOverDraws.Lower <= 0, $"{kind}: {blind.PairOverDraws}");
        Assert.True(blind.MeanOverHull.Lower <= 0, $"{kind}: {blind.MeanOverHull}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Training_is_decided_by_the_seed_and_a_file_gives_the_same_router_back(RouterKind kind)
    {
        var table = RoutingExamples.Table(60, 5);
        var (first, second) = (await FileOf(table, new() { Kind = kind, Seed = 7 }), await FileOf(table, new() { Kind = kind, Seed = 7 }));
        var folder = Directory.CreateTempSubdirectory("vilfredo-router-");
        try
        {
            var path = Path.Combine(folder.FullName, "a.json");
            first.Save(path);
            second.Save(path + "2");
            Assert.Equal(await File.ReadAllTextAsync(path), await File.ReadAllTextAsync(path + "2"));
            var read = RouterFile.Load(path);
            foreach (var prompt in RoutingExamples.Table(5, 6).Prompts)
            {
                var (before, after) = (await first.Open().PredictAsync(prompt.Messages, default), await read.Open().PredictAsync(prompt.Messages, default));
                Assert.Equal(before.Quality, after.Quality);
                Assert.Equal(before.WinProbability(1, 0), after.WinProbability(1, 0));
                Assert.InRange(before.WinProbability(1, 0), 0, 1);
                Assert.Equal(1, before.WinProbability(0, 1) + before.WinProbability(1, 0), 1e-12);
                Assert.All(before.Quality, quality => Assert.InRange(quality, 0, 1));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Answers_that_are_missing_are_left_out(RouterKind kind)
    {
        var features = await FeaturesOf(RoutingExamples.Table(40, 8));
        double[][] quality = [.. RoutingExamples.Table(40, 8).Quality.Select((row, i) => i % 3 == 0 ? (double[])[row[0], double.NaN, 0.5] : (double[])[row[0], row[1], double.NaN])];
        var prediction = new RouterTraining { Kind = kind, Epochs = 5 }.Train(features, quality).Predict(features[0]);
        Assert.Equal(3, prediction.Quality.Count);
        Assert.All(prediction.Quality, value => Assert.True(double.IsFinite(value)));
    }

    public static TheoryData<RouterKind> Networks => [RouterKind.Contrastive, RouterKind.Graph];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Features_that_say_nothing_give_the_mean_qualities(RouterKind kind)
    {
        double[][] features = [.. Enumerable.Range(0, 200).Select(_ => new double[3])];
        double[][] quality = [.. Enumerable.Range(0, 200).Select(i => (double[])[i % 5 == 0 ? 1 : 0, i % 5 == 0 ? 0 : 1])];
        var prediction = new RouterTraining { Kind = kind }.Train(features, quality).Predict(features[0]);
        Assert.Equal(0.2, prediction.Quality[0], 0.03);
        Assert.Equal(0.8, prediction.Quality[1], 0.03);
        Assert.True(prediction.WinProbability(1, 0) > 0.6);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task Of_one_candidate_the_quality_is_predicted(RouterKind kind)
    {
        var table = RoutingExamples.Table(200, 3);
        var features = await FeaturesOf(table);
        var predictor = new RouterTraining { Kind = kind, Epochs = 40 }.Train(features, [.. table.Quality.Select(row => (double[])[row[0]])]);
        Assert.Equal(table.Quality.Average(row => row[0]), features.Average(row => predictor.Predict(row).Quality[0]), 0.05);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task Two_equal_candidates_are_expected_to_be_equal(RouterKind kind)
    {
        var table = RoutingExamples.Table(200, 4);
        var features = await FeaturesOf(table);
        var predictor = new RouterTraining { Kind = kind, Epochs = 30 }.Train(features, [.. table.Quality.Select(row => (double[])[row[0], row[1], row[0]])]);
        // Other edges of the two are masked, which is the only difference.
        var tolerance = kind == RouterKind.Graph ? 0.06 : 1e-9;
        foreach (var row in features.Take(50))
        {
            var prediction = predictor.Predict(row);
            Assert.Equal(prediction.Quality[0], prediction.Quality[2], tolerance);
            Assert.Equal(0.5, prediction.WinProbability(2, 0), tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task Among_five_candidates_the_one_that_is_right_is_found(RouterKind kind)
    {
        // Four specialists by the first words of the prompt and a generalist that is right in every second case.
        string[] starts = ["Translate into French:", "Compute the sum of", "Write a poem on", "Name the capital of"];
        var random = new RandomGenerator(5);
        List<RoutingRecord> Records(int from, int count) =>
        [
            .. Enumerable.Range(from, count).SelectMany(i =>
            {
                var prompt = new RoutedPrompt($"{i}", [new(ChatRole.User, $"{starts[i % 4]} item {random.NextInt32(100_000)}")]);
                return Enumerable.Range(0, 5).Select(candidate => new RoutingRecord(prompt, $"c{candidate}", candidate == 4 ? i / 4 % 2 : candidate == i % 4 ? 1 : 0) { Cost = 1, Seconds = 1 });
            }),
        ];
        var (table, test) = (RoutingTable.Of(Records(0, 200)), RoutingTable.Of(Records(200, 100)));
        var file = await FileOf(table, new() { Kind = kind });
        var found = 0;
        foreach (var (i, prompt) in test.Prompts.Index())
        {
            var prediction = await file.Open().PredictAsync(prompt.Messages, default);
            found += prediction.Quality.Index().MaxBy(pair => pair.Item).Index == i % 4 ? 1 : 0;
        }

        Assert.True(found >= 95, $"{found}");
    }

    [Fact]
    public void Groups_are_those_of_separated_clusters()
    {
        var random = new RandomGenerator(2);
        double[][] rows = [.. Enumerable.Range(0, 60).Select(i => (double[])[(10 * (i % 3)) + random.NextNormal(), (i % 3 == 1 ? 20 : 0) + random.NextNormal()])];
        var groups = ContrastiveTraining.GroupsOf(rows, 3, new(1));
        Assert.Equal(3, groups.Distinct().Count());
        Assert.All(Enumerable.Range(0, 60), i => Assert.Equal(groups[i % 3], groups[i]));
        // Rows that are all the same are one group, however many are asked for.
        Assert.Single(ContrastiveTraining.GroupsOf([[1, 2], [1, 2], [1, 2]], 5, new(1)).Distinct());
    }

    [Fact]
    public async Task What_cannot_be_trained_on_is_refused()
    {
        var features = await FeaturesOf(RoutingExamples.Table(4, 1));
        Assert.Throws<ArgumentException>(() => new RouterTraining().Train([], []));
        Assert.Throws<ArgumentException>(() => new RouterTraining().Train(features, [[1, 1], [1, 1], [1, 1]]));
        Assert.Throws<ArgumentException>(() => new RouterTraining().Train(features, [[1, 2], [1, 1], [1, 1], [1, 1]]));
        Assert.Contains("candidate 1", Assert.Throws<ArgumentException>(() => new RouterTraining().Train(features, [[1, double.NaN], [1, double.NaN], [1, double.NaN], [1, double.NaN]])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RouterTraining { Penalty = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RouterTraining { Mask = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RouterTraining { Temperature = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RouterTraining { GroupWeight = -1 });
    }

    [Fact]
    public async Task Embeddings_of_any_model_can_be_the_features()
    {
        var table = RoutingExamples.Table(120, 3);
        using var model = new LetterEmbeddings();
        var features = new EmbeddingFeatures(model, LetterEmbeddings.Dimensions);
        var rows = await features.ReadAsync([.. table.Prompts.Select(prompt => prompt.Messages)], default);
        var scaling = FeatureScaling.Of(rows);
        var router = new FeatureRouter(table.Candidates, features, scaling, new RouterTraining().Train([.. rows.Select(scaling.Apply)], table.Quality));
        var (easy, hard) = (await router.PredictAsync([new(ChatRole.User, "Say hello to the moon")], default), await router.PredictAsync([new(ChatRole.User, "Prove by induction the theorem of the moon")], default));
        Assert.True(easy.Quality[0] > hard.Quality[0] + 0.2);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await new EmbeddingFeatures(model, 5).ReadAsync([table.Prompts[0].Messages], default));
        Assert.Contains("embedding", Assert.Throws<FormatException>(() => FeatureSettings.Embeddings(26, "letters").Open(null)).Message);
    }

    [Fact]
    public async Task Files_that_were_tampered_with_are_refused_with_what_is_wrong()
    {
        var file = await FileOf(RoutingExamples.Table(30, 2), new());
        var folder = Directory.CreateTempSubdirectory("vilfredo-router-");
        try
        {
            var path = Path.Combine(folder.FullName, "router.json");
            file.Save(path);
            var good = await File.ReadAllTextAsync(path);
            Refuses("no router", text => text[..^10]);
            Refuses("no router", _ => "[]");
            Refuses("empty", _ => "null");
            Refuses("more", text => Edited(text, json => json["more"] = 1));
            Refuses("version 9", text => Edited(text, json => json["version"] = 9));
            Refuses("pickle", text => Edited(text, json => json["predictor"]!["kind"] = "pickle"));
            Refuses("weights", text => Edited(text, json => json["predictor"]!["weights"]!.AsArray().RemoveAt(0)));
            Refuses("weights", text => Edited(text, json => json["predictor"]!["weights"]![0]!.AsArray().RemoveAt(0)));
            Refuses("means", text => Edited(text, json => json["scaling"]!["means"]!.AsArray().RemoveAt(0)));
            Refuses("buckets", text => Edited(text, json => json["features"]!["buckets"] = 2_000_000_000));
            Refuses("strategy", text => Edited(text, json => json["candidates"]![0]!["point"]!["strategy"] = "rm -rf"));
            Refuses("router", text => Edited(text, json => json["candidates"]![0]!["point"]!["strategy"] = "router"));
            Refuses("twice", text => Edited(text, json => json["candidates"]![0]!["point"]!["name"] = "strong"));
            Refuses("at least two", text => Edited(text, json => json["candidates"]!.AsArray().RemoveAt(0)));
            Refuses("quality", text => Edited(text, json => json["candidates"]![0]!["quality"] = 2));
            Refuses("nobody", text => Edited(text, json => json["rule"]!["strong"] = "nobody"));
            Refuses("Training", text => Edited(text, json => json["split"]!["training"] = 0));
            Refuses("candidates", text => Edited(text, json => json["candidates"]![0] = null));
            Refuses("duplicate", text => "{\"version\":1," + text[1..], StringComparison.OrdinalIgnoreCase);
            Assert.Equal(2, RouterFile.Load(path).Candidates.Count);

            void Refuses(string says, Func<string, string> change, StringComparison comparison = StringComparison.OrdinalIgnoreCase)
            {
                var bad = path + ".bad";
                File.WriteAllText(bad, change(good));
                var error = Assert.Throws<FormatException>(() => RouterFile.Load(bad));
                Assert.Contains(says, error.Message, comparison);
                Assert.Contains("router.json.bad", error.Message);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static string Edited(string text, Action<JsonNode> edit)
        {
            var json = JsonNode.Parse(text)!;
            edit(json);
            return json.ToJsonString();
        }
    }

    [Fact]
    public void A_prompt_keeps_its_part_and_parts_have_their_shares()
    {
        var split = new PromptSplit { Seed = 3 };
        var parts = Enumerable.Range(0, 4000).Select(i => split.PartOf($"prompt {i}")).ToList();
        Assert.Equal(0.5, parts.Count(part => part == PromptPart.Training) / 4000.0, 0.03);
        Assert.Equal(0.25, parts.Count(part => part == PromptPart.Calibration) / 4000.0, 0.03);
        Assert.Equal(parts[17], split.PartOf("prompt 17"));
        Assert.NotEqual(parts, Enumerable.Range(0, 4000).Select(i => new PromptSplit { Seed = 4 }.PartOf($"prompt {i}")));
        Assert.Equal(PromptPart.Training, new PromptSplit { Training = 1, Calibration = 0 }.PartOf("any"));
    }

    [Fact]
    public void The_whole_conversation_is_read()
    {
        var features = new HashedFeatures();
        ChatMessage hard = new(ChatRole.User, "Prove the theorem step by step and derive the integral."), reply = new(ChatRole.Assistant, "It is so."), more = new(ChatRole.User, "And now?");
        var (alone, after) = (features.Read([more]), features.Read([hard, reply, more]));
        Assert.Equal(features.Count, alone.Length);
        Assert.Equal(alone[0], after[0]);
        Assert.True(after[4] > alone[4] + 0.2);
        Assert.NotEqual(alone[PromptStatistics.Names.Count..], after[PromptStatistics.Names.Count..]);
        Assert.Equal(features.Read([hard]), features.Read([new(ChatRole.User, hard.Text)]));
        Assert.All(features.Read([new(ChatRole.User, new string('x', 3_000_000))]), value => Assert.True(double.IsFinite(value)));
        Assert.All(features.Read([]), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Complexity_follows_the_signals()
    {
        Assert.Equal(0, PromptComplexity.Of("Hello, thanks!"));
        Assert.True(PromptComplexity.Of("Prove the theorem on matrix complexity step by step: first 1, then 2, 3, 4.") > 0.4);
        Assert.InRange(PromptComplexity.Of(string.Join(' ', Enumerable.Repeat("prove the algorithm 1 2 3 then\n```code```", 100))), 0.9, 1);
    }

    internal static async Task<RouterFile> FileOf(RoutingTable table, RouterTraining training, RoutingRule? rule = null)
    {
        var rows = await new HashedFeatures().ReadAsync([.. table.Prompts.Select(prompt => prompt.Messages)], default);
        var scaling = FeatureScaling.Of(rows);
        return new()
        {
            Evaluation = "synthetic",
            Tasks = "easy and hard",
            TrainingPrompts = table.Prompts.Count,
            Split = new(),
            Cost = CostMeasure.Tokens,
            CostUnit = "tokens",
            Training = training,
            Candidates =
            [
                .. table.Candidates.Select((name, i) => new RouterCandidate
                {
                    Point = new StrategyPoint { Name = name, Model = name, Strategy = "single" }, Quality = RoutingTable.MeanOf(table.Quality, i), Cost = RoutingTable.MeanOf(table.Cost, i), Seconds = RoutingTable.MeanOf(table.Seconds, i),
                }),
            ],
            Rule = rule ?? new ThresholdRule { Threshold = 0.6 },
            Features = FeatureSettings.Hashed(),
            Scaling = scaling,
            Predictor = training.Train([.. rows.Select(scaling.Apply)], table.Quality),
        };
    }

    private static async Task<RouterReport> ReportAsync(RouterKind kind, bool isReadable)
    {
        var file = await FileOf(RoutingExamples.Table(300, 11, isReadable), new() { Kind = kind });
        var test = RoutingExamples.Table(400, 12, isReadable);
        var router = file.Open();
        var predictions = new List<RoutePrediction>();
        foreach (var prompt in test.Prompts)
            predictions.Add(await router.PredictAsync(prompt.Messages, default));
        return RouterReport.Of(test, predictions, file.Measures, file.Rule, new(1), new() { Resamples = 300, Method = Vilfredo.Statistics.BootstrapMethod.Percentile });
    }

    private static async Task<IReadOnlyList<double[]>> FeaturesOf(RoutingTable table) => await new HashedFeatures().ReadAsync([.. table.Prompts.Select(prompt => prompt.Messages)], default);

    /// <summary>An embedding model: the frequencies of letters.</summary>
    private sealed class LetterEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
    {
        public const int Dimensions = 26;

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text =>
                new Embedding<float>(Enumerable.Range(0, Dimensions).Select(letter => (float)text.Count(character => char.ToLowerInvariant(character) == 'a' + letter)).ToArray()))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
