using System.Diagnostics;
using TorchSharp;
using Vilfredo.Benchmarks.Sorting;
using Vilfredo.Neural.Checkpoints;
using Vilfredo.Neural.Generation;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Benchmarks.Neural;

/// <summary>
/// A decoder of 4 layers and width 128 against limits of the same machine in the same run: training against the rate of a matrix product of 256^3,
/// batched generation against one sequence, loading against reading the file.
/// </summary>
internal static class DecoderBenchmark
{
    private static readonly DecoderConfig Shape = new()
    {
        VocabSize = 256,
        HiddenSize = 128,
        IntermediateSize = 344,
        NumHiddenLayers = 4,
        NumAttentionHeads = 4,
        TieWordEmbeddings = true,
    };

    public static int Run(string[] args)
    {
        var smoke = args.Contains("--smoke");
        var budget = smoke ? TimeSpan.Zero : TimeSpan.FromSeconds(20);
        if (args.Contains("--parts"))
        {
            DecoderParts.Print(Shape, smoke ? 4 : 64, length: 128, budget);
            return 0;
        }

        using var model = new Decoder(Shape);
        Console.WriteLine("| what | measured | limit | ratio | goal |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        Training(model, smoke ? 4 : 64, budget);
        Generation(model, smoke ? 8 : 64, smoke ? 8 : 64, budget);
        Loading(smoke ? 1 << 20 : 1 << 28, budget);
        return 0;
    }

    private static void Training(Decoder model, int batch, TimeSpan budget)
    {
        const int length = 128;
        const int products = 500; // in a row, so that the peak is not that of caches the training step has emptied
        using var left = randn(256, 256);
        using var right = randn(256, 256);
        using var ids = randint(0, Shape.VocabSize, [batch, length]);
        using var targets = randint(0, Shape.VocabSize, [batch * length]);
        using var objective = new LanguageModelObjective(model);
        var workers = get_num_threads();
        var replicas = Enumerable.Range(1, workers - 1).Select(_ => objective.Replica()).ToArray();
        var tokens = new TokenBatch(ids.data<long>().ToArray(), targets.data<long>().ToArray(), batch);
        var gradient = new ShardedGradient<TokenBatch>(objective, replicas, whole => whole.Shards(1 << 10, workers));
        var parameters = model.parameters().Sum(parameter => parameter.numel());
        Measure(FormattableString.Invariant($"training, forward and backward, batch {batch} of {length} tokens"), Shards);
        Measure("the same in one pass, all threads to each operation", OnePass);
        foreach (var replica in replicas)
            replica.Dispose();

        void Measure(string what, Action step)
        {
            var (time, product) = Timing.Interleaved(budget, step, Products);
            var rate = 6.0 * parameters * batch * length / time * 1e-6; // GFLOP/s by the 6N rule
            var peak = 2.0 * 256 * 256 * 256 * products / product * 1e-6;
            Print(what, FormattableString.Invariant($"{rate:0} GFLOP/s ({batch * length / time * 1000:0} tokens/s)"), FormattableString.Invariant($"{peak:0} GFLOP/s"), rate / peak, "0.60");
        }

        void Products()
        {
            for (var i = 0; i < products; i++)
                matmul(left, right).Dispose();
        }

        void Shards()
        {
            model.zero_grad(set_to_none: false);
            gradient.Add([tokens], tokens.ScoredTokens);
        }

        void OnePass()
        {
            using var scope = NewDisposeScope();
            model.zero_grad(set_to_none: false);
            nn.functional.cross_entropy(model.forward(ids).view(-1, Shape.VocabSize), targets).backward();
        }
    }

    private static void Generation(Decoder model, int batch, int tokens, TimeSpan budget)
    {
        var generator = new TokenGenerator(model);
        var (many, one) = Timing.Interleaved(budget, () => Generate(batch), () => Generate(1));
        var (manyRate, oneRate) = (batch * tokens / many * 1000, tokens / one * 1000);
        Print($"generation, batch of {batch}, {tokens} tokens each", FormattableString.Invariant($"{manyRate:0} tokens/s"), FormattableString.Invariant($"{oneRate:0} tokens/s at 1"), manyRate / oneRate, "10");

        void Generate(int size) => generator.Generate([.. Enumerable.Repeat<IReadOnlyList<int>>([1, 2, 3, 4, 5, 6, 7, 8], size)], new() { MaxTokens = tokens }, new RandomGenerator(1));
    }

    private static void Loading(long elements, TimeSpan budget)
    {
        var file = Path.Combine(Path.GetTempPath(), $"vilfredo-benchmark-{Environment.ProcessId}.safetensors");
        try
        {
            using var layer = nn.Linear(1024, elements / 1024, hasBias: false);
            Checkpoint.Save(layer, file);
            var (load, read) = Timing.Interleaved(budget, () => Checkpoint.Load(layer, file), () => ReadWith("cat", file));
            var megabytes = elements * 4 / 1e6;
            Print(FormattableString.Invariant($"loading {megabytes:0} MB into a model"), FormattableString.Invariant($"{megabytes / load:0.00} GB/s"), FormattableString.Invariant($"{megabytes / read:0.00} GB/s (cat)"), read / load, "0.50");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void ReadWith(string program, string file)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"{program} \"$1\" > /dev/null", "sh", file]))!;
        process.WaitForExit();
    }

    private static void Print(string what, string measured, string limit, double ratio, string goal) =>
        Console.WriteLine(FormattableString.Invariant($"| {what} | {measured} | {limit} | {ratio:0.00} | {goal} |"));
}
