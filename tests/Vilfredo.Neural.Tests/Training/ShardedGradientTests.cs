using TorchSharp;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Training;

public class ShardedGradientTests
{
    private static readonly DecoderConfig Shape = new() { VocabSize = 23, HiddenSize = 16, IntermediateSize = 32, NumHiddenLayers = 2, NumAttentionHeads = 2, TieWordEmbeddings = true };
    private static readonly TokenBatch Batch = TokenBatch.Of([.. Enumerable.Range(0, 7).Select(row => (Ids: (IReadOnlyList<int>)[.. Enumerable.Range(0, 4 + row).Select(i => (i * i + row) % 23)], Given: 1 + row % 3))], padding: 0);

    [Theory]
    [InlineData(1, 10)]
    [InlineData(1, 1000)]
    [InlineData(2, 20)]
    [InlineData(3, 1000)]
    [InlineData(9, 10)]
    public void Shards_and_workers_add_up_to_the_gradient_and_loss_of_the_whole_batch(int workers, int tokens)
    {
        using var whole = new Decoder(Shape, 1);
        using var sharded = new Decoder(Shape, 1);
        var replicas = Enumerable.Range(0, workers - 1).Select(i => new Decoder(Shape, 100 + i)).ToArray(); // other weights, to be overwritten
        var expected = new ShardedGradient<TokenBatch>(new LanguageModelObjective(whole)).Add([Batch], Batch.ScoredTokens);
        var gradient = new ShardedGradient<TokenBatch>(new LanguageModelObjective(sharded), [.. replicas.Select(replica => new LanguageModelObjective(replica))], batch => batch.Shards(tokens, workers));
        Assert.Equal(expected, gradient.Add([Batch], Batch.ScoredTokens), 1e-4);
        foreach (var (a, b) in whole.parameters().Zip(sharded.parameters()))
            Assert.True(a.grad!.allclose(b.grad!, 1e-4, 1e-6));

        gradient.Add([Batch], Batch.ScoredTokens); // adds to what is there, and nothing of the first call is left in the replicas
        foreach (var (a, b) in whole.parameters().Zip(sharded.parameters()))
            Assert.True((a.grad! * 2).allclose(b.grad!, 1e-4, 1e-6));
        foreach (var replica in replicas)
            replica.Dispose();
    }

    [Fact]
    public void Equal_calls_give_equal_bits_and_leave_the_number_of_threads()
    {
        var threads = get_num_threads();
        var first = Gradients();
        for (var i = 0; i < 5; i++)
            Assert.Equal(first, Gradients());
        Assert.Equal(threads, get_num_threads());

        static float[] Gradients()
        {
            using var model = new Decoder(Shape, 1);
            using var replica = new Decoder(Shape, 2);
            new ShardedGradient<TokenBatch>(new LanguageModelObjective(model), [new LanguageModelObjective(replica)], batch => batch.Shards(10, 2)).Add([Batch, Batch], 2 * Batch.ScoredTokens);
            return [.. model.parameters().SelectMany(parameter => parameter.grad!.data<float>().ToArray())];
        }
    }

    [Fact]
    public void Training_with_workers_follows_training_without_and_replicas_keep_up_with_the_weights()
    {
        var batches = new WindowBatches(Enumerable.Range(0, 200).Select(i => i * i % 23).ToArray(), 8, 6, seed: 5);
        var alone = Train(0);
        var together = Train(2);
        Assert.All(alone.Zip(together), pair => Assert.True(pair.First.allclose(pair.Second, 1e-3, 1e-4)));

        Tensor[] Train(int replicas)
        {
            using var model = new Decoder(Shape, 1);
            using var optimizer = new Sgd(ParameterGroup.Of(model, 0.1));
            using var objective = new LanguageModelObjective(model);
            var copies = Enumerable.Range(0, replicas).Select(_ => objective.Replica()).ToArray();
            new Trainer<TokenBatch>(objective, optimizer, batches, new()
            {
                Steps = 8,
                Replicas = copies,
                Shards = batch => batch.Shards(16, 1 + replicas),
            }).Run();
            foreach (var copy in copies)
                copy.Dispose();
            return [.. model.parameters().Select(parameter => parameter.detach().clone())];
        }
    }

    [Fact]
    public void A_failure_of_a_worker_is_the_callers()
    {
        using var model = new Decoder(Shape, 1);
        using var replica = new Decoder(Shape, 1);
        var unknown = new TokenBatch([1, 2, 99, 2], [2, 3, 4, 5], rows: 2); // the second row's first token is none of the vocabulary
        var gradient = new ShardedGradient<TokenBatch>(new LanguageModelObjective(model), [new LanguageModelObjective(replica)], batch => batch.Shards(2, 2));
        Assert.ThrowsAny<Exception>(() => gradient.Add([unknown], 4));
        Assert.True(double.IsFinite(gradient.Add([Batch], Batch.ScoredTokens)));
    }

    [Fact]
    public void A_replica_that_is_no_copy_is_refused()
    {
        using var model = new Decoder(Shape, 1);
        using var wider = new Decoder(Shape with { IntermediateSize = 48 }, 1);
        using var deeper = new Decoder(Shape with { NumHiddenLayers = 3 }, 1);
        Assert.Contains("of the shape [32, 16]", Refusal(wider), StringComparison.Ordinal);
        Assert.Contains("must be a copy", Refusal(deeper), StringComparison.Ordinal);
        Assert.Contains("a module of its own", Refusal(model), StringComparison.Ordinal);

        string Refusal(Decoder other) => Assert.Throws<ArgumentException>(() => new ShardedGradient<TokenBatch>(new LanguageModelObjective(model), [new LanguageModelObjective(other)])).Message;
    }
}
