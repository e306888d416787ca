using System.Globalization;
using Vilfredo.Neural.Training.Comparison;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Mehta, Dandekar, Dandekar and Panat, "Muon: Training and Trade-offs with Latent Attention and MoE": how much less training Muon takes than AdamW, what latent attention
/// saves of the cache, and whether the gains multiply.
/// </summary>
public sealed class MuonMlaMoeStudy : Reproduction
{
    private const string Loss = "validation loss", Flops = "training FLOPs", Tokens = "tokens", Seconds = "training seconds";
    private const string CacheBytes = "KV bytes per token", CountedBytes = "KV bytes by formula", StateBytes = "optimizer bytes", StepNorm = "largest step norm";
    private const string NoText = "the paper's text, shapes and learning rates were not at hand";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "muon-mla-moe", "Muon: Training and Trade-offs with Latent Attention and MoE", "Mehta, Dandekar, Dandekar, Panat", 2025, "arXiv 2509.24406");

    /// <inheritdoc/>
    public override string Setting =>
        "Bytes of text in a language that is made up anew for every seed (syllables, words with Zipf's frequencies, agreement, nested phrases, paragraphs with topics and people), "
        + "164 thousand in training, 4,096 in validation; 82 thousand at the quick scale. Decoders of width 64 with two layers, two heads, SwiGLU and tied embeddings, 0.1 million parameters, windows of 64 bytes, 16 in a batch, so that a "
        + "training has 160 steps; cosine to a tenth after a warm-up of a twentieth, clipping at 1, one thread. Latent attention: rank d/2, a shared key of d/8. Experts: eight of half the dense width, one shared and one routed "
        + "of seven active, balanced by a bias (rate 0.01). AdamW (0.9, 0.95) and Muon (0.95, five iterations, step scale sqrt(max(1, m/n))) decay by 0.1, SGD (0.9) does not. Muon trains projections and experts, AdamW embeddings, "
        + "normalisations and routers beside it, at the best rate of AdamW alone with batches of 16. Learning rates of all five optimisers were tuned alike with the plain model, those of AdamW and Muon for each size of batches, "
        + "in steps of two on seed 101, which is not reported, until the best was not at the edge of its grid; other models and shorter schedules take their optimiser's rate. "
        + "Targets are reached where the line between two of 20 evaluations crosses them. Model, data and tuning are this study's choice: " + NoText + ".";

    /// <inheritdoc/>
    public override string Use =>
        "`MuonPartition.Of(model).Optimizer(...)` trains hidden matrices by Muon and the rest by AdamW; `optimizer: { kind: muon }` does so in a training file. `kv_lora_rank` and its neighbours in a decoder's configuration give latent attention, "
        + "`n_routed_experts` experts. `RateSweep`, `StepsToTarget` and `OptimizerComparison` compare any two optimisers on data of your own.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } = [.. MuonForms.All.Select(form => new ComparedMethod(form.Name, Described(form), IsBaseline: !form.IsMuon))];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Flops), Objective.Minimize(Loss, "nats per byte")];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Computed(
            new("steps-published", "Muon takes at most 52 % of AdamW's steps to AdamW's final loss, read where its run of the same length crosses it.", "48-52 %"),
            SameHorizon, Bound.AtMost(0.52)),
        Claim.Computed(
            new("steps-same-horizon", "It takes at most 65 % of them, in the same reading.", "48-52 %"), SameHorizon, Bound.AtMost(0.65)),
        Claim.Computed(
            new("steps-tuned-horizon", "It takes at most 65 % of them in a run with a schedule of its own that ends at AdamW's loss (on the line between runs of a quarter, a half and all of the steps, which overstates them a little).", "48-52 %"),
            OwnHorizon, Bound.AtMost(0.65)),
        Claim.Computed(
            new("seconds", "It takes at most 90 % of AdamW's seconds on this machine in the first reading; this study's expectation, not the paper's."),
            (results, seed) => SameHorizon(results, seed)
                * results.Value(MuonForms.Muon.Name, "", seed, Seconds) / results.Value(MuonForms.AdamW.Name, "", seed, Seconds),
            Bound.AtMost(0.9)),
        Claim.Computed(
            new("newton-schulz", "Five iterations cost Muon at most 0.02 nats against the exact polar factor."),
            (results, seed) => Difference(results, seed, MuonForms.Muon, MuonForms.Exact), Bound.AtMost(0.02)),
        Claim.EverySeed(
            new("step-norm", "The spectral norm of a step is at most 1.2025 times its rate and scale, whatever the gradient (measured on the last gradients of every training with Muon).", "bounded"),
            (results, seed) => MuonForms.All.Where(form => form.IsMuon).Max(form => results.Value(form.Name, "", seed, StepNorm)), Bound.AtMost(1.2025)),
        Claim.EverySeed(
            new("optimizer-bytes", "Muon's state takes at most 55 % of the bytes of AdamW's, in the model without experts: one buffer per matrix, not two."),
            (results, seed) => results.Value(MuonForms.Muon.Name, "", seed, StateBytes) / results.Value(MuonForms.AdamW.Name, "", seed, StateBytes), Bound.AtMost(0.55)),
        Claim.EverySeed(
            new("cache-bytes", "Latent attention saves 68 to 69 % of the cache's bytes, measured on its tensors.", "-68 %"),
            (results, seed) => 1 - results.Value(MuonForms.MuonLatent.Name, "", seed, CacheBytes) / results.Value(MuonForms.Muon.Name, "", seed, CacheBytes), Bound.Between(0.68, 0.69)),
        Claim.EverySeed(
            new("cache-formula", "The measured bytes of every model are those of the formulas, (r + d_r) numbers per token and layer for latent attention and 2 n_kv d_h for the others."),
            (results, seed) => MuonForms.All.Max(form => Math.Abs(results.Value(form.Name, "", seed, CacheBytes) - results.Value(form.Name, "", seed, CountedBytes))), Bound.AtMost(0)),
        Claim.Computed(
            new("latent-penalty", "Latent attention alone costs at most 0.1 nats (AdamW, dense).", "0.8 % perplexity (sister paper)"),
            (results, seed) => Difference(results, seed, MuonForms.AdamWLatent, MuonForms.AdamW), Bound.AtMost(0.1)),
        Claim.Computed(
            new("latent-penalty-muon", "So it does under Muon."),
            (results, seed) => Difference(results, seed, MuonForms.MuonLatent, MuonForms.Muon), Bound.AtMost(0.1)),
        Claim.Computed(
            new("batch-effect", "From batches of 4 to batches of 32 the tokens to a common target grow by a smaller factor with Muon than with AdamW (difference of logarithms; the target is the worst final loss of the four).", "flatter"),
            BatchEffect, Bound.Below(0)),
        Claim.Computed(
            new("multiplicative", "The gain in steps of Muon with latent attention and experts is within 30 % of the product of the three single gains (relative deviation of logarithms; the target is the worst final loss of the five).", "multiplicative"),
            Multiplicativity, Bound.AtMost(0.3)),
        Claim.NotMeasurable(new("inference-speed", "Latent attention and experts make inference faster.", "3.2x"), "at this size time is spent on calls, not on reading caches and weights"),
        Claim.NotMeasurable(new("perplexity", "Perplexity gets better.", "8-12 % better"), "the printed gain is per token of the paper's text and model; what models gain here per byte is among the measurements"),
        Claim.NotMeasurable(new("large-batches", "Muon stays efficient with very large batches."), "batches beyond 32 windows leave too few steps of this many tokens; batch-effect judges what can be seen"),
        Claim.NotMeasurable(new("stability", "Training is stable in all runs.", "100+ runs, 15 components"), NoText),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale == Scale.Full ? 5 : 1;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return OneThread.Run(() => Measure(context));
    }

    private static Dictionary<string, double> Measure(UnitContext context)
    {
        var form = MuonForms.All.Single(one => one.Name == context.Unit.Method);
        var outcome = DecoderTraining.Of(context.Scale).Train(form, context.Shared("text"), context.Shared("weights and windows").NextUInt64(), context.Cancellation);
        var values = new Dictionary<string, double>
        {
            [Flops] = outcome.Flops,
            ["share of orthogonalization"] = outcome.Orthogonalization,
            [Loss] = outcome.Curve.FinalLoss,
            [Seconds] = outcome.Seconds,
            [Tokens] = outcome.Curve.Spent,
            ["steps"] = outcome.Steps,
            ["learning rate"] = form.Rate,
            ["parameters"] = outcome.Parameters.All,
            ["active parameters"] = outcome.Parameters.Active,
            [CacheBytes] = outcome.CacheBytes,
            [CountedBytes] = outcome.CountedCacheBytes,
            [StateBytes] = outcome.StateBytes,
        };
        if (outcome.StepNorm is { } norm)
            values[StepNorm] = norm;
        foreach (var (index, point) in outcome.Curve.Points.Index())
            values[At(index + 1, outcome.Curve.Points.Count)] = point.Loss;
        return values;
    }

    private static string At(int evaluation, int of) => string.Create(CultureInfo.InvariantCulture, $"loss at {evaluation}/{of}");

    private static TrainingCurve Curve(RunResults results, int seed, TrainingForm form)
    {
        var (evaluations, tokens) = (DecoderTraining.Of(results.Scale).Evaluations, results.Value(form.Name, "", seed, Tokens));
        return new([.. Enumerable.Range(1, evaluations).Select(i => (tokens * i / evaluations, results.Value(form.Name, "", seed, At(i, evaluations))))]);
    }

    private static double FinalLoss(RunResults results, int seed, TrainingForm form) => results.Value(form.Name, "", seed, Loss);

    private static double Difference(RunResults results, int seed, TrainingForm first, TrainingForm second) => FinalLoss(results, seed, first) - FinalLoss(results, seed, second);

    private static double SameHorizon(RunResults results, int seed)
    {
        var (muon, adam) = (Curve(results, seed, MuonForms.Muon), Curve(results, seed, MuonForms.AdamW));
        return Reached(StepsToTarget.Ratio(muon, adam, adam.FinalLoss));
    }

    private static double OwnHorizon(RunResults results, int seed)
    {
        var ends = new[] { MuonForms.QuarterHorizon, MuonForms.HalfHorizon, MuonForms.Muon }.Select(form => (results.Value(form.Name, "", seed, Tokens), FinalLoss(results, seed, form)));
        return Reached(StepsToTarget.Ratio(new([.. ends]), Curve(results, seed, MuonForms.AdamW), FinalLoss(results, seed, MuonForms.AdamW)));
    }

    private static double BatchEffect(RunResults results, int seed)
    {
        var target = new[] { MuonForms.AdamWSmall, MuonForms.AdamWLarge, MuonForms.MuonSmall, MuonForms.MuonLarge }.Max(form => FinalLoss(results, seed, form));
        return Growth(MuonForms.MuonLarge, MuonForms.MuonSmall) - Growth(MuonForms.AdamWLarge, MuonForms.AdamWSmall);

        double Growth(TrainingForm large, TrainingForm small) => Math.Log(Reached(StepsToTarget.Ratio(Curve(results, seed, large), Curve(results, seed, small), target)));
    }

    private static double Multiplicativity(RunResults results, int seed)
    {
        TrainingForm[] single = [MuonForms.Muon, MuonForms.AdamWLatent, MuonForms.AdamWExperts];
        var target = single.Append(MuonForms.AdamW).Append(MuonForms.MuonLatentExperts).Max(form => FinalLoss(results, seed, form));
        return Math.Abs(Gain(MuonForms.MuonLatentExperts) / single.Sum(Gain) - 1);

        double Gain(TrainingForm form) => Math.Log(Reached(StepsToTarget.Ratio(Curve(results, seed, form), Curve(results, seed, MuonForms.AdamW), target)));
    }

    private static double Reached(double? ratio) => ratio ?? throw new MissingMeasurementException("a training of a seed never reaches the target");

    private static string Described(TrainingForm form)
    {
        var optimizer = form.Optimizer switch
        {
            TrainedBy.AdamW => "AdamW",
            TrainedBy.Sgd => "gradient descent with momentum",
            TrainedBy.MuonExact => "Muon with steps orthogonalised by singular value decomposition",
            TrainedBy.MuonWithoutNesterov => "Muon without looking ahead",
            _ => "Muon",
        };
        var attention = form.Attention switch { Attending.Latent => "latent attention", Attending.GroupedQuery => "one key head for two queries", _ => "multi-head attention" };
        return string.Create(CultureInfo.InvariantCulture, $"{optimizer} at {form.Rate:G3}; {attention}, {(form.HasExperts ? "experts" : "dense")}, batches of {form.Rows}{(form.Horizon < 1 ? $", {form.Horizon:P0} of the steps" : "")}");
    }
}
