using Vilfredo.Measurement.Tasks;
using Vilfredo.Neural.Evaluation;
using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Tests.Evaluation;

public class TaskEvaluationTests
{
    private static readonly TaskMix Mix = new([new(TaskFamilies.Find("arithmetic")!, 1, 1, 2)]);

    [Fact]
    public void A_model_that_knows_the_solutions_by_heart_is_always_right()
    {
        var items = Enumerable.Range(0, 4).Select(i => Mix.At(1, i)).ToArray();
        var text = new TaskText(CharacterTokenizer.Covering(items.Select(item => item.Prompt + item.Solution + "\n")));
        using var model = new Decoder(new() { VocabSize = 64, HiddenSize = 32, IntermediateSize = 64, NumHiddenLayers = 1, NumAttentionHeads = 2 }, seed: 1);
        using var optimizer = MuonPartition.Of(model).Optimizer(0.02, 0.01);
        using var objective = new LanguageModelObjective(model);
        var batch = TokenBatch.Of([.. items.Select(text.Example)], text.Padding);
        new Trainer<TokenBatch>(objective, optimizer, new Same(batch), new() { Steps = 60 }).Run();

        var scores = new TaskEvaluation(model, text) { BatchSize = 3 }.Run(items, new RandomGenerator(1));
        Assert.Equal(items.Select(item => item.Difficulty).Distinct(), scores.Select(score => score.Difficulty));
        Assert.All(scores, score => Assert.Equal((score.Problems, 0, 0, 1.0), (score.Correct, score.IllFormed, score.Unfinished, score.Accuracy)));
        Assert.Equal(4, scores.Sum(score => score.Problems));
        Assert.Equal(items.Sum(item => item.Solution.Length + 1), scores.Sum(score => score.Tokens));
    }

    [Fact]
    public void A_model_that_knows_nothing_is_cut_off_and_ill_formed()
    {
        using var model = new Decoder(new() { VocabSize = 259, HiddenSize = 16, IntermediateSize = 32, NumHiddenLayers = 1, NumAttentionHeads = 2 }, seed: 1);
        var scores = new TaskEvaluation(model, new(new ByteTokenizer())) { MaxTokens = 5 }.Run([Mix.At(1, 0)], new RandomGenerator(1));
        Assert.Equal([(1, 0, 1, 1, 5L)], scores.Select(score => (score.Problems, score.Correct, score.IllFormed, score.Unfinished, score.Tokens)));
    }

    private sealed class Same(TokenBatch batch) : IBatches<TokenBatch>
    {
        public TokenBatch At(long index) => batch;
    }
}
