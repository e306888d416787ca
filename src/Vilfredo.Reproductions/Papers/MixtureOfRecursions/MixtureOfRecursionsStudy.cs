using System.Globalization;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Bae et al., "Mixture-of-Recursions": whether a decoder that passes the same layers several times, and lets a router decide for each token how often, is as good as one with layers of its own
/// or one that sends all tokens to the full depth, at equal tokens and at equal operations, and what it saves.
/// </summary>
public sealed class MixtureOfRecursionsStudy : Reproduction
{
    private const string Loss = "loss", CapacityLoss = "loss by capacity", TokenFlops = "FLOPs per token", TrainingFlops = "training FLOPs", Tokens = "tokens", Seconds = "processor seconds of training";
    private const string CacheBytes = "KV bytes per token", Accuracy = "sampling accuracy", Dead = "dead tokens", Continuous = "speed-up, depth-wise batches", Larger = "speed-up, larger depth-wise batches", Synchronous = "speed-up, batches in step";

    private static readonly DecoderConfig Counted = new() { HiddenSize = 128, IntermediateSize = 344, NumHiddenLayers = 8, NumAttentionHeads = 4 };

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "mixture-of-recursions", "Mixture-of-Recursions: Learning Dynamic Recursive Depths for Adaptive Token-Level Computation",
        "Bae, Kim, Bayat, Kim, Ha, Schuster, Fisch, Harutyunyan, Ji, Courville, Yun", 2025, "arXiv 2507.10524");

    /// <inheritdoc/>
    public override string Setting =>
        "A generated stream with tables that are drawn anew for every seed. Three quarters of its records are chains: one of six symbols and one to six of three tables, each a permutation of the symbols; after each table the symbol is asked that "
        + "the chain has come to and that is never shown, so that the m-th answer takes m steps, and the tables' products are too many to learn by heart. The others are copies of six symbols, one step each. Only answers are scored. "
        + "Decoders of width 32 with eight layers that a token passes, two heads, SwiGLU: 0.1 million parameters with layers of their own, half as many in recursions (1 + 2 x 3 + 1). Windows of 48 tokens, 24 in a batch, 220 steps: 253 thousand tokens; "
        + "AdamW (0.9, 0.95), decay 0.1, clipping at 1, warm-up of a twentieth and a linear decay over the last fifth, one thread; sampling loss 0.001, balancing loss 0.1, z-loss 1e-5 of token choice, as published. "
        + "Loss is of 256 held-out windows, with tokens that go on by their own scores unless it says otherwise. "
        + "Tuned on seed 101, which is not reported: first, on the vanilla and the reduced vanilla model, the stream and its size were chosen such that depth pays and single steps are learned; then for each of the vanilla, the reduced, the recursive model, "
        + "token choice, and expert choice and the mixture of depths with two factors of the gate, alike the peak rate, in steps of two from 0.0025 to 0.01, and at the best rate the standard deviation of the weights at the start, from 0.05 to 0.2, each on while the best was at the edge. "
        + "There the eight layers reached 0.23 nats and four 0.35, the recursive model 0.10, expert choice 0.27 with the factor 0.1 and 0.29 with 1, so that the former is the mixture of the claims, token choice 0.33, and the mixture of depths 0.36 with 0.1 and 0.63 with 1. "
        + "Variants (other sharings, shared keys, random picks, more tokens) take the numbers of the form that they vary. The published rate, sizes and text are not used.";

    /// <inheritdoc/>
    public override string Use =>
        "`recursion` in a decoder's configuration makes it recursive, `recursion.routing` a mixture of recursions, in code and in training files; `sharing: separate` gives a mixture of depths. `LayerTying` makes a trained decoder recursive. "
        + "`DepthSelection` caps the depth or moves the threshold of a trained model, `output.Depths` says where it spends its depth, and `DepthwiseBatching` estimates what such depths are worth in serving.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } = [.. DepthForms.All.Select(form => new ComparedMethod(form.Name, Described(form), form.IsBaseline))];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(TokenFlops), Objective.Minimize(Loss, "nats per answer")];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Exact(
            new("operations", "Three recursions of two layers between a first and a last one take 0.74 of the operations of eight layers of their own (width 128, 128 tokens, vocabulary aside).", "-25 % training FLOPs"),
            [new("share", 0.74, (double)Mixture().Forward(128).FlopsWithoutVocabulary / new DecoderCosts(Counted).Forward(128).FlopsWithoutVocabulary, 0.005)]),
        Claim.Exact(
            new("cache-capacity", "Recursions that hold the keys and values of their own tokens hold (R + 1) / 2R of those of recursions of all tokens, by their capacities.", "2/3 for R = 3"),
            [new("share", 2 / 3.0, (double)(Mixture().CacheBytes(126) - Outside(126)) / (new DecoderCosts(Counted).CacheBytes(126) - Outside(126)), 1e-9)]),
        Claim.Computed(
            new("cache-measured", "So they do where tokens go on by their own scores, within 0.05, measured on the tensors of the cache.", "2/3"),
            (results, seed) => CachedShare(results, seed, DepthForms.Expert), Bound.Between(2 / 3.0 - 0.05, 2 / 3.0 + 0.05)),
        Claim.EverySeed(
            new("cache-shared", "With keys and values of the first recursion they hold a third, measured.", "1/R"),
            (results, seed) => Math.Abs(CachedShare(results, seed, DepthForms.ExpertShared) - 1 / 3.0), Bound.AtMost(1e-9)),
        Versus("recursive-reduced", "At equal parameters three recursions have a lower loss than one pass.", DepthForms.Recursive, DepthForms.Reduced, Bound.Below(0)),
        Versus("recursive-vanilla", "Three recursions lose at most 0.03 nats to eight layers of their own, with half the parameters.", DepthForms.Recursive, DepthForms.Vanilla, Bound.AtMost(0.03)),
        Versus("sharing-cycle", "The middle cycle has a lower loss than the cycle (of two passes, which gives as many layers and parameters).", DepthForms.Recursive, DepthForms.Cycle, Bound.Below(0), "3.105 against 3.115"),
        Versus("sharing-sequence", "Than the sequence (of two).", DepthForms.Recursive, DepthForms.Sequence, Bound.Below(0), "best of four"),
        Versus("sharing-middle-sequence", "Than the middle sequence.", DepthForms.Recursive, DepthForms.MiddleSequence, Bound.Below(0), "best of four"),
        Versus("equal-tokens", "At equal tokens the mixture (expert choice, alpha 0.1) loses at most 0.03 nats to the recursion of all tokens, with fewer operations.", DepthForms.Expert, DepthForms.Recursive, Bound.AtMost(0.03), "better"),
        Versus("equal-operations", "At equal operations it loses nothing to it.", DepthForms.ExpertLonger, DepthForms.Recursive, Bound.AtMost(0), "better"),
        Versus("vanilla-equal-operations", "At equal operations it has a lower loss than the vanilla model.", DepthForms.ExpertLonger, DepthForms.Vanilla, Bound.Below(0), "2.7511 against 2.7824; worse at 135M"),
        Versus("vanilla-equal-tokens", "So it has at equal tokens.", DepthForms.Expert, DepthForms.Vanilla, Bound.Below(0), "better, N_r = 2"),
        Versus("reduced-equal-tokens", "At equal tokens and parameters it has a lower loss than the reduced vanilla model.", DepthForms.Expert, DepthForms.Reduced, Bound.Below(0)),
        Versus("expert-token", "Expert choice has a lower loss than token choice.", DepthForms.Expert, DepthForms.Token, Bound.Below(0), "42.6 against 40.0 % accuracy"),
        Versus("alpha", "With so little training the gate's factor 1 gives a lower loss than the published 0.1; this study's expectation.", DepthForms.ExpertLargeAlpha, DepthForms.Expert, Bound.Below(0)),
        Versus("learned-picks", "Learned scores pick better than chance.", DepthForms.Expert, DepthForms.RandomPicks, Bound.Below(0)),
        Versus("mixture-of-depths", "Routing shared layers loses at most 0.03 nats to routing layers of their own (mixture of depths), with half the parameters; this study's bound.", DepthForms.Expert, DepthForms.MixtureOfDepths, Bound.AtMost(0.03)),
        Versus("sharing-keys-expert", "Keys and values of the first recursion cost expert choice something.", DepthForms.ExpertShared, DepthForms.Expert, Bound.Above(0), "about 0.02"),
        Versus("sharing-keys-token", "They help token choice.", DepthForms.TokenShared, DepthForms.Token, Bound.Below(0), "better"),
        Claim.Mean(new("sampling-accuracy", "A token's own score decides as the capacity would in at least 95 % of cases, over the second and third recursion.", "99.2 %"), new(DepthForms.Expert.Name, "", Accuracy), Bound.AtLeast(0.95)),
        Claim.Computed(
            new("capacity-gap", "The loss where tokens go on by their own scores is within 0.03 nats of that where recursions take the best of whole windows."),
            (results, seed) => Math.Abs(results.Value(DepthForms.Expert.Name, "", seed, Loss) - results.Value(DepthForms.Expert.Name, "", seed, CapacityLoss)), Bound.AtMost(0.03)),
        Claim.EverySeed(
            new("dead-tokens", "By capacity at most 1 % of the places of a window never see the last recursion.", "0.1 %"),
            (results, seed) => results.Value(DepthForms.Expert.Name, "", seed, Dead), Bound.AtMost(0.01)),
        Claim.Computed(
            new("depth-expert", "Expert choice gives answers of chains more recursions than answers of copies.", "harder tokens go deeper"),
            (results, seed) => ChainDepth(results, seed, DepthForms.Expert) - results.Value(DepthForms.Expert.Name, "", seed, DepthAt(HopStream.OfCopy)), Bound.Above(0)),
        Claim.Computed(
            new("depth-token", "So does token choice.", "harder tokens go deeper"),
            (results, seed) => ChainDepth(results, seed, DepthForms.Token) - results.Value(DepthForms.Token.Name, "", seed, DepthAt(HopStream.OfCopy)), Bound.Above(0)),
        Claim.Computed(
            new("seconds", "The mixture takes less processor time per token of training than the vanilla model.", "-19 % time"),
            (results, seed) => SecondsPerToken(results, seed, DepthForms.Expert) / SecondsPerToken(results, seed, DepthForms.Vanilla), Bound.Below(1)),
        Claim.Mean(
            new("throughput", "With the depths that tokens took a model of 360 million parameters would write faster than without, with tokens at any depth in one batch of 32 (an estimate from weights and operations on an A100)."),
            new(DepthForms.Expert.Name, "", Continuous), Bound.Above(1)),
        Claim.Mean(
            new("throughput-larger", "So it would with the batch of 48 for which the authors had room in the memory of 32 without recursions.", "up to 2.06 times, R = 4 and 51 against 32"),
            new(DepthForms.Expert.Name, "", Larger), Bound.Above(1)),
        Claim.Difference(
            new("depth-wise-batches", "Such batches write faster than ones that wait for their deepest token, in the same estimate."),
            new(DepthForms.Expert.Name, "", Continuous), new(DepthForms.Expert.Name, "", Synchronous), Bound.Above(0)),
        Claim.NotMeasurable(new("few-shot", "Few-shot accuracy is 43.1 % against 42.3 % of the vanilla model.", "43.1 against 42.3 %"), "models of this size answer no benchmark"),
        Claim.NotMeasurable(new("scale", "The mixture loses at 135 million parameters and matches or beats the vanilla model above 360 million.", "135M to 1.7B"), "models of one small size are trained here"),
        Claim.NotMeasurable(new("memory", "Training takes 25 % less peak memory.", "-25 %"), "memory of 0.1 million parameters drowns in that of the process"),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale switch { Scale.Smoke => 1, Scale.Quick => 3, _ => 4 };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return OneThread.Run(() => Measure(DepthForms.All.Single(form => form.Name == context.Unit.Method), context));
    }

    private static Dictionary<string, double> Measure(DepthForm form, UnitContext context)
    {
        var outcome = DepthTraining.Of(context.Scale).Train(form, (ulong)context.Unit.Seed, context.Cancellation);
        var values = new Dictionary<string, double>
        {
            [TokenFlops] = outcome.TokenFlops,
            [Loss] = outcome.Loss,
            [CapacityLoss] = outcome.LossByCapacity,
            [TrainingFlops] = outcome.Flops,
            [Tokens] = outcome.Tokens,
            [Seconds] = outcome.Seconds,
            ["parameters"] = outcome.Parameters,
            [CacheBytes] = outcome.CacheBytes,
        };
        foreach (var (kind, loss) in outcome.LossOf.OrderBy(one => one.Key))
            values[kind == HopStream.OfCopy ? "loss of copies" : string.Create(CultureInfo.InvariantCulture, $"loss at {kind} hops")] = loss;
        foreach (var (kind, depth) in outcome.DepthOf.OrderBy(one => one.Key))
            values[DepthAt(kind)] = depth;
        if (form.Routing is null)
            return values;
        foreach (var (recursion, share) in outcome.Shares.Index())
            values[string.Create(CultureInfo.InvariantCulture, $"share of recursion {recursion + 1}")] = share;
        (values[Continuous], values[Larger], values[Synchronous]) = outcome.Speedups!.Value;
        values[Dead] = outcome.DeadTokens!.Value;
        if (outcome.SamplingAccuracy is { } accuracy)
            values[Accuracy] = accuracy;
        return values;
    }

    private static string DepthAt(int kind) => kind switch
    {
        HopStream.Silent => "depth of places that ask nothing",
        HopStream.OfCopy => "depth of copies",
        _ => string.Create(CultureInfo.InvariantCulture, $"depth at {kind} hops"),
    };

    /// <summary>The mean depth at chains' answers, each number of hops alike.</summary>
    private static double ChainDepth(RunResults results, int seed, DepthForm form) =>
        Enumerable.Range(1, HopStream.MostHops).Average(hops => results.Value(form.Name, "", seed, DepthAt(hops)));

    private static double SecondsPerToken(RunResults results, int seed, DepthForm form) => results.Value(form.Name, "", seed, Seconds) / results.Value(form.Name, "", seed, Tokens);

    /// <summary>The share of the recursions' keys and values that are held; two of eight layers are outside of recursions.</summary>
    private static double CachedShare(RunResults results, int seed, DepthForm form)
    {
        var layer = results.Value(DepthForms.Vanilla.Name, "", seed, CacheBytes) / 8;
        return (results.Value(form.Name, "", seed, CacheBytes) - 2 * layer) / (6 * layer);
    }

    private static DecoderCosts Mixture() => new(Counted with { Recursion = DepthForms.Expert.Recursion });

    private static long Outside(long tokens) => new DecoderCosts(Counted with { NumHiddenLayers = 2 }).CacheBytes(tokens);

    private static Claim Versus(string id, string statement, DepthForm first, DepthForm second, Bound bound, string? figure = null) =>
        Claim.Difference(new(id, statement, figure), new(first.Name, "", Loss), new(second.Name, "", Loss), bound);

    private static string Described(DepthForm form) => string.Create(CultureInfo.InvariantCulture, $"{form.Description}; rate {form.Rate:G3}, start {form.Range:G3}");
}
