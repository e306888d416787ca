using TorchSharp;
using Vilfredo.Neural.Generation;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Generation;

public class TokenGeneratorTests
{
    private static readonly DecoderConfig Shape = new()
    {
        VocabSize = 23,
        HiddenSize = 16,
        IntermediateSize = 32,
        NumHiddenLayers = 2,
        NumAttentionHeads = 2,
        InitializerRange = 0.5,
    };

    private static readonly int[][] Prompts = [[1, 2, 3], [7], [4, 4, 9, 20, 0], [7]];

    [Fact]
    public void Greedy_continuations_of_a_padded_batch_are_those_of_reading_everything_again_for_each_token()
    {
        using var model = new Decoder(Shape, seed: 2);
        var continuations = new TokenGenerator(model).Generate(Prompts, new() { MaxTokens = 12, Sampling = SamplingOptions.Greedy }, new RandomGenerator(1));
        for (var i = 0; i < Prompts.Length; i++)
        {
            var ids = Prompts[i].ToList();
            for (var step = 0; step < 12; step++)
            {
                using var scope = NewDisposeScope();
                var last = model.forward(tensor(ids.Select(id => (long)id).ToArray()).unsqueeze(0))[0, ids.Count - 1];
                var token = (int)last.argmax().item<long>();
                Assert.Equal(token, continuations[i].Tokens[step]);
                Assert.Equal(nn.functional.log_softmax(last, 0)[token].item<float>(), continuations[i].LogProbabilities[step], 1e-4);
                ids.Add(token);
            }

            Assert.Equal(FinishReason.Length, continuations[i].Finish);
        }
    }

    [Fact]
    public void A_prompt_is_continued_alike_in_any_batch_and_differently_under_another_seed()
    {
        using var model = new Decoder(Shape, seed: 2);
        var generator = new TokenGenerator(model);
        var options = new GenerationOptions { MaxTokens = 10 };
        var all = generator.Generate(Prompts, options, new RandomGenerator(5));
        var first = generator.Generate(Prompts[..2], options, new RandomGenerator(5));
        Assert.Equal(first[0].Tokens, all[0].Tokens);
        Assert.Equal(first[1].Tokens, all[1].Tokens);
        Assert.NotEqual(all[1].Tokens, all[3].Tokens);
        Assert.NotEqual(all[0].Tokens, generator.Generate(Prompts, options, new RandomGenerator(6))[0].Tokens);
    }

    [Fact]
    public void Stop_tokens_end_a_continuation_while_the_others_go_on()
    {
        using var model = new Decoder(Shape, seed: 2);
        var generator = new TokenGenerator(model);
        var free = generator.Generate(Prompts, new() { MaxTokens = 10, Sampling = SamplingOptions.Greedy }, new RandomGenerator(1));
        var stop = free[2].Tokens[4];
        var told = new List<(int Prompt, int Token)>();
        var stopped = generator.Generate(Prompts, new() { MaxTokens = 10, Sampling = SamplingOptions.Greedy, StopTokens = [stop], OnToken = (prompt, token) => told.Add((prompt, token)) }, new RandomGenerator(1));
        Assert.Contains(stopped, continuation => continuation.Finish == FinishReason.Stop);
        for (var i = 0; i < Prompts.Length; i++)
        {
            var end = free[i].Tokens.ToList().IndexOf(stop);
            Assert.Equal(end < 0 ? free[i].Tokens : free[i].Tokens.Take(end + 1), stopped[i].Tokens);
            Assert.Equal(end < 0 ? FinishReason.Length : FinishReason.Stop, stopped[i].Finish);
            Assert.Equal(stopped[i].Tokens, told.Where(pair => pair.Prompt == i).Select(pair => pair.Token));
        }
    }

    [Fact]
    public void A_continuation_stops_after_the_token_at_which_the_caller_says_so()
    {
        using var model = new Decoder(Shape, seed: 2);
        var generator = new TokenGenerator(model);
        var free = generator.Generate(Prompts, new() { MaxTokens = 10, Sampling = SamplingOptions.Greedy }, new RandomGenerator(1));
        var told = new List<double>();
        var options = new GenerationOptions
        {
            MaxTokens = 10,
            Sampling = SamplingOptions.Greedy,
            StopsAfter = (prompt, _, logProbability) =>
            {
                if (prompt == 2)
                    told.Add(logProbability);
                return prompt == 2 && told.Count == 4;
            },
        };
        var stopped = generator.Generate(Prompts, options, new RandomGenerator(1));
        Assert.Equal(free[2].Tokens.Take(4), stopped[2].Tokens);
        Assert.Equal(stopped[2].LogProbabilities, told);
        Assert.Equal(FinishReason.Stop, stopped[2].Finish);
        Assert.Equal(free[1].Tokens, stopped[1].Tokens);
        Assert.Equal(FinishReason.Length, stopped[1].Finish);
    }

    [Fact]
    public void Tokens_are_drawn_in_proportion_to_their_probability()
    {
        using var scope = NewDisposeScope();
        var probabilities = new[] { 0.5, 0.2, 0.05, 0.25 };
        var logits = tensor(probabilities).log().unsqueeze(0).expand(10_000, 4);
        var random = new RandomGenerator(3);
        var uniforms = Enumerable.Range(0, 10_000).Select(_ => random.NextDouble()).ToArray();
        var counts = Counts(TokenSampler.Draw(logits, new(), uniforms));
        Assert.All(probabilities.Zip(counts), pair => Assert.Equal(pair.First, pair.Second / 10_000.0, 0.02));
        var sharper = Counts(TokenSampler.Draw(logits, new() { Temperature = 0.5 }, uniforms));
        Assert.Equal(0.25 / (0.25 + 0.04 + 0.0025 + 0.0625), sharper[0] / 10_000.0, 0.02);
    }

    [Fact]
    public void Cuts_leave_the_tokens_they_name()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0.5, 0.2, 0.05, 0.25 }).log().unsqueeze(0).expand(1001, 4);
        var uniforms = Enumerable.Range(0, 1001).Select(i => Math.Min(i / 1000.0, 1 - 1e-16)).ToArray();
        Assert.Equal([0L, 3], Drawn(new() { TopK = 2 }));
        Assert.Equal([0L], Drawn(new() { TopP = 0.5 }));
        Assert.Equal([0L, 3], Drawn(new() { TopP = 0.7 }));
        Assert.Equal([0L, 1, 3], Drawn(new() { MinP = 0.4 }));
        Assert.Equal([0L], Drawn(new() { MinP = 1 }));
        Assert.Equal([0L], Drawn(SamplingOptions.Greedy));
        Assert.Equal([0L, 1, 2, 3], Drawn(new() { TopK = 9 }));

        long[] Drawn(SamplingOptions options) => [.. TokenSampler.Draw(logits, options, uniforms).Distinct().Order()];
    }

    [Fact]
    public void A_draw_inverts_the_distribution_from_the_most_probable_token_on_and_equal_ones_by_their_ids()
    {
        using var scope = NewDisposeScope();
        var random = new RandomGenerator(8);
        var logits = Enumerable.Range(0, 40).Select(_ => Math.Round(4 * random.NextDouble() - 2, 1)).ToArray();
        var order = Enumerable.Range(0, 40).OrderByDescending(token => logits[token]).ThenBy(token => token).ToArray();
        var uniforms = Enumerable.Range(0, 500).Select(_ => random.NextDouble()).ToArray();
        var drawn = TokenSampler.Draw(tensor(logits).unsqueeze(0).expand(500, 40), new() { Temperature = 0.7 }, uniforms);
        var total = order.Sum(token => Math.Exp(logits[token] / 0.7));
        Assert.All(uniforms.Zip(drawn), pair => Assert.Equal(order.First(token => order.TakeWhile(other => other != token).Append(token).Sum(other => Math.Exp(logits[other] / 0.7)) > pair.First * total), pair.Second));
    }

    [Fact]
    public void A_repetition_penalty_lowers_only_what_was_there()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[,] { { 2f, -1f, 3f }, { 2f, -1f, 3f } });
        var penalized = TokenSampler.Penalize(logits, [[0, 1, 0], [2]], 2);
        Assert.Equal([1f, -2f, 3f, 2f, -1f, 1.5f], penalized.data<float>().ToArray());
    }

    [Fact]
    public void A_logits_processor_has_the_first_word()
    {
        using var model = new Decoder(Shape, seed: 2);
        var options = new GenerationOptions
        {
            MaxTokens = 4,
            LogitsProcessor = (logits, sequences) => full_like(logits, float.NegativeInfinity).index_fill(1, tensor(new long[] { sequences[0].Count }), 0),
        };
        Assert.Equal([3, 4, 5, 6], new TokenGenerator(model).Generate([[1, 2, 3]], options, new RandomGenerator(1))[0].Tokens);
    }

    [Fact]
    public void Bad_prompts_and_options_are_refused()
    {
        using var model = new Decoder(Shape, seed: 2);
        var generator = new TokenGenerator(model);
        var random = new RandomGenerator(1);
        Assert.Contains("Prompt 1 is empty", Assert.Throws<ArgumentException>(() => generator.Generate([[1], []], new(), random)).Message, StringComparison.Ordinal);
        Assert.Contains("0 to 22", Assert.Throws<ArgumentException>(() => generator.Generate([[23]], new(), random)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Generate([[1]], new() { MaxTokens = 0 }, random));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Generate([[1]], new() { Sampling = new() { Temperature = double.NaN } }, random));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Generate([[1]], new() { Sampling = new() { TopP = 0 } }, random));
        Assert.Empty(generator.Generate([], new(), random));
        Assert.Throws<OperationCanceledException>(() => generator.Generate([[1]], new(), random, new CancellationToken(canceled: true)));
    }

    private static int[] Counts(long[] drawn) => [.. Enumerable.Range(0, 4).Select(id => drawn.Count(token => token == id))];
}
