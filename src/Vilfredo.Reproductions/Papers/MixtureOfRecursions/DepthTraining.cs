using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Recursion;
using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Training.Schedules;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Reproductions.Papers;

/// <summary>Trains small decoders on a stream and measures where they spend their depth.</summary>
/// <param name="Width">d.</param>
/// <param name="Steps">The steps of the vanilla model.</param>
/// <param name="Rows">The windows of a batch.</param>
/// <param name="HeldOut">Windows that are held out.</param>
internal sealed record DepthTraining(int Width, int Steps, int Rows, int HeldOut)
{
    /// <summary>The tokens of a window; a multiple of three, so that recursions take thirds of it.</summary>
    public const int Window = 48;

    public static DepthTraining Of(Scale scale) => scale switch
    {
        Scale.Smoke => new(32, 2, 4, 16),
        Scale.Quick => new(32, 40, 24, 64),
        _ => new(32, 220, 24, 256),
    };

    /// <summary>What came of a training.</summary>
    /// <param name="Loss">Nats per answer, each token going on by its own score.</param>
    /// <param name="LossByCapacity">The same where recursions take the best of whole windows, which reads the future; the same number without such a mixture.</param>
    /// <param name="LossOf">Nats per answer by kind of place: copies and hops.</param>
    /// <param name="DepthOf">Recursions by kind of place, silent ones too.</param>
    /// <param name="Shares">The share of tokens that take each recursion.</param>
    /// <param name="SamplingAccuracy">How often the router's own decision was that by capacity, over recursions that leave tokens out; null without.</param>
    /// <param name="DeadTokens">The share of places that the last recursion never sees.</param>
    /// <param name="Flops">Operations of training.</param>
    /// <param name="TokenFlops">Operations per token in use, with the depths that tokens took.</param>
    /// <param name="CacheBytes">Bytes that the cache holds for a token, measured on its tensors.</param>
    /// <param name="Parameters">All parameters.</param>
    /// <param name="Tokens">Tokens read in training.</param>
    /// <param name="Seconds">Processor seconds of training.</param>
    /// <param name="Speedups">Of serving, see <see cref="DepthServing"/>; null unless there are three recursions with routers.</param>
    public sealed record Outcome(
        double Loss, double LossByCapacity, IReadOnlyDictionary<int, double> LossOf, IReadOnlyDictionary<int, double> DepthOf, IReadOnlyList<double> Shares,
        double? SamplingAccuracy, double? DeadTokens, double Flops, double TokenFlops, double CacheBytes, long Parameters, double Tokens, double Seconds,
        (double Continuous, double Larger, double Synchronous)? Speedups);

    /// <summary>Trains a form. All forms of a seed read the same stream, begin with weights of the same seed and are judged on the same windows.</summary>
    /// <param name="form">The form.</param>
    /// <param name="seed">The seed of stream, records and weights.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public Outcome Train(DepthForm form, ulong seed, CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        var stream = new HopStream(Random(seed, "tables"));
        using var model = new Decoder(form.Config(Width), (long)(Random(seed, "weights").NextUInt64() >> 1));
        using var optimizer = new AdamW(ParameterGroup.Of(model, form.Rate, 0.1));
        using var objective = new LanguageModelObjective(model)
        {
            RouterZWeight = form.Routing?.Choice == RoutingChoice.Token ? 1e-5 : 0,
            SamplingWeight = form.PicksAtRandom ? 0 : 0.001,
            RandomDepths = form.PicksAtRandom ? Random(seed, "picks") : null,
        };
        var steps = StepsOf(form);
        var trainer = new Trainer<TokenBatch>(objective, optimizer, new Batches(stream, Rows, Random(seed, "records").NextUInt64()), new()
        {
            Steps = steps,
            Schedule = steps >= 20 ? new WarmupStableDecaySchedule(steps, steps / 5, steps / 20) : null,
            LogEvery = int.MaxValue,
        });
        var clock = new ProcessorClock();
        var started = clock.GetTimestamp();
        trainer.Run(cancellation: cancellation);
        var seconds = clock.GetElapsedTime(started).TotalSeconds;
        model.eval();
        return Measured(form, model, stream, seed) with
        {
            Flops = trainer.Records[^1].Flops,
            Tokens = trainer.Records[^1].Tokens,
            Seconds = seconds,
        };
    }

    /// <summary>The steps of a form.</summary>
    public long StepsOf(DepthForm form) =>
        form.SpendsEqualOperations ? (long)Math.Round(Steps * DepthForms.Vanilla.TrainingFlopsPerToken(Width) / form.TrainingFlopsPerToken(Width)) : Steps;

    private Outcome Measured(DepthForm form, Decoder model, HopStream stream, ulong seed)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (batch, kinds) = stream.Rows(HeldOut, Window, Random(seed, "held-out records"));
        using var cache = model.NewCache();
        var output = model.Run(new() { Ids = batch.InputTensor(), KeepsRoutings = true, Cache = cache, Depths = form.PicksAtRandom ? new() { Random = Random(seed, "picks of held-out records") } : null });
        var losses = Losses(output.Logits, batch);
        var depths = output.Depths?.Depths.data<long>().ToArray();
        var recursions = form.Recursion?.Recursions ?? 1;
        double[] shares = [.. Enumerable.Range(1, recursions).Select(depth => depths?.Average(taken => taken >= depth ? 1.0 : 0) ?? 1)];
        var costs = new DecoderCosts(form.Config(Width)) { DepthShares = depths is null ? null : shares };
        int[] asked = [.. Enumerable.Range(0, kinds.Length).Where(i => kinds[i] != HopStream.Silent)];
        var byCapacity = form is { Routing.Choice: RoutingChoice.Expert, PicksAtRandom: false } ? model.Run(new() { Ids = batch.InputTensor(), KeepsRoutings = true, Depths = new() { ByCapacity = true } }) : null;
        var capacityLosses = byCapacity is null ? losses : Losses(byCapacity.Logits, batch);
        var statistics = byCapacity?.Depths!.Statistics() ?? output.Depths?.Statistics();
        return new(
            asked.Average(i => losses[i]),
            asked.Average(i => capacityLosses[i]),
            asked.GroupBy(i => kinds[i]).ToDictionary(kind => kind.Key, kind => kind.Average(i => (double)losses[i])),
            Enumerable.Range(0, kinds.Length).GroupBy(i => kinds[i]).ToDictionary(kind => kind.Key, kind => kind.Average(i => depths is null ? recursions : (double)depths[i])),
            shares,
            statistics?.SamplingAccuracies.Skip(1).DefaultIfEmpty(double.NaN).Average() is { } accuracy && !double.IsNaN(accuracy) ? accuracy : null,
            statistics?.DeadTokenRatio,
            0,
            (double)costs.Forward(Window).TotalFlops / Window,
            (double)cache.Bytes / batch.Tokens,
            costs.Parameters.Total,
            0,
            0,
            depths is null ? null : DepthServing.Speedups([.. depths.Select(depth => (int)depth).Chunk(Window)]));
    }

    private static float[] Losses(torch.Tensor logits, TokenBatch batch) =>
        torch.nn.functional.cross_entropy(logits.flatten(0, 1), batch.TargetTensor().flatten(), ignore_index: TokenBatch.Unscored, reduction: torch.nn.Reduction.None).data<float>().ToArray();

    private static RandomGenerator Random(ulong seed, string purpose) => new(seed, UnitContext.StableHash("mixture-of-recursions", purpose));

    /// <summary>The batches of a stream.</summary>
    private sealed class Batches(HopStream stream, int rows, ulong seed) : IBatches<TokenBatch>
    {
        public TokenBatch At(long index) => stream.Rows(rows, Window, new(seed, (ulong)index)).Batch;
    }
}
