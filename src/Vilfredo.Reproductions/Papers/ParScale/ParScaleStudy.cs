using Vilfredo.Neural.Accounting;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Chen et al., "Parallel Scaling Law for Language Models": the law refitted from its published losses, and whether streams that are added to a trained small decoder gain
/// on more training without them, with the base trained further or frozen, and what they cost in time and memory.
/// </summary>
public sealed class ParScaleStudy : Reproduction
{
    private const string Loss = "loss", Memory = "memory", Latency = "seconds per token", Start = "loss at the start", Flops = "training FLOPs";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "parscale", "Parallel Scaling Law for Language Models", "Chen, Hui, Cui, Yang, Liu, Sun, Lin, Liu", 2025, "arXiv 2505.10475");

    /// <inheritdoc/>
    public override string Setting =>
        "The law is refitted to the 48 losses that were published with it. The two-stage recipe: a decoder of 3 layers and width 64 (0.15 million parameters) is trained for 800 steps of 1,024 characters "
        + "on generated text: sentences over invented words with facts about them, sums, and products modulo 97; another language for every seed. All methods begin with that base and read the same 60 further batches (one of them four times "
        + "as many, the operations of four streams). Streams have prefixes of 8 and smoothing 0.1, and begin at N(0, 0.02) and the aggregator at its default; AdamW, cosine to a tenth with a warm-up of a "
        + "twentieth, in both stages. Every method's peak rate was tuned alike, in steps of two on seed 101, which is not reported, until the best was not at "
        + "the edge of its grid, and the base's rate before them; new parts learn five times as fast as old ones, and alone on a frozen base. "
        + "Loss is of 8,192 held-out characters. Latency is of a larger decoder (12 layers of width 256, 8.5 million parameters, fresh weights) at batch 1: "
        + "processor time per further token after a prompt of 16, the least of several runs, one thread, 32-bit. Memory is weights and cache of the small decoder at 64 tokens.";

    /// <inheritdoc/>
    public override string Use =>
        "`parscale_n` in a decoder's configuration gives it streams; a training file with `from` and `groups` adds them to a trained model, whole or frozen. `ParallelScalingLaw` fits and predicts "
        + "losses by parameters and streams, `InferenceRoofline` says what streams or more width take in memory and time on a device.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
        [.. StreamMethod.All.Select(method => new ComparedMethod(method.Name, method.Description, IsBaseline: method.Streams == 1 || method.Averages))];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Loss), Objective.Minimize(Memory, "bytes")];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Exact(new("law-gain", "A refit of the published losses gives k from 0.38 to 0.40 on Stack-V2 Python and from 0.325 to 0.345 on the Pile.", "0.39 and 0.33"), PublishedStreams.Gains()),
        Claim.Exact(new("law-fit", "It explains the printed share of their variance.", "0.9978 and 0.9987"), PublishedStreams.Fits()),
        Claim.Exact(new("parameters", "Models of two widths with 1, 2, 4 and 8 streams have the printed numbers of parameters.", "0.2 % per stream"), PublishedStreams.Parameters()),
        Claim.Exact(
            new("against-width", "By the library's roofline of an A100, eight streams take of the order of 22 times less more memory and 6 times less more time than width with equal loss (1.6 billion parameters, batch 1; within a factor of two, as activations are left out; the factor was set after the numbers were seen).", "22 and 6 times"),
            PublishedStreams.AgainstWidth()),
        Versus("frozen-4", "On a frozen base four streams have a lower loss than the base.", StreamMethod.OnFrozen(4), StreamMethod.Base, Bound.Below(0)),
        Versus("frozen-2", "So have two.", StreamMethod.OnFrozen(2), StreamMethod.Base, Bound.Below(0)),
        Versus("two-stage-4", "Trained whole, four streams lose at most 0.01 nats to one stream that is trained as long.", StreamMethod.Full(4), StreamMethod.Continued, Bound.AtMost(0.01), "lower"),
        Versus("two-stage-2", "So do two.", StreamMethod.Full(2), StreamMethod.Continued, Bound.AtMost(0.01), "lower"),
        Versus("gain-4", "Four streams have a lower loss than one stream that is trained as long.", StreamMethod.Full(4), StreamMethod.Continued, Bound.Below(0), "lower"),
        Versus("streams-help", "Four streams have a lower loss than two.", StreamMethod.Full(4), StreamMethod.Full(2), Bound.Below(0), "lower"),
        Versus("weights", "Mixing by the aggregator is better than mixing evenly.", StreamMethod.Full(4), StreamMethod.Average, Bound.Below(0), "best of the ablation"),
        Versus("equal-operations", "One stream that gets the operations of four as further text has a lower loss than four streams.", StreamMethod.FourTimes, StreamMethod.Full(4), Bound.Below(0)),
        Claim.Ratio(
            new("latency", "Four streams take less than four times as long per token as one at batch 1.", "6 times less than width, with 8"),
            new(StreamMethod.Full(4), "", Latency), new(StreamMethod.Continued, "", Latency), Bound.Below(4)),
        Claim.Exact(new("extras", "What four streams add to the model whose latency is measured is less than 5 % of its parameters.", "0.2 % per stream"), [new("percent", 2.5, 100 * Extras(), 2.499)]),
        Claim.NotMeasurable(new("across-sizes", "The loss falls with ln P as the law says, from 0.5 to 4.4 billion parameters.", "R^2 0.998"), "models of one small size are trained here; the published losses are refitted instead"),
        Claim.NotMeasurable(new("reasoning", "Streams gain most in tasks that need reasoning: GSM8K from 28.7 to 38.4 with eight.", "28.7 to 38.4"), "a model of 0.15 million parameters does not reason"),
        Claim.NotMeasurable(new("released-base", "On a frozen Qwen2.5-3B prefixes and aggregator lift code generation from 47.4 to 53.0.", "47.4 to 53.0"), "a model of this size cannot be trained on this machine"),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale switch { Scale.Smoke => 1, Scale.Quick => 3, _ => 4 };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return OneThread.Run(() => Measure(StreamMethod.All.Single(method => method.Name == context.Unit.Method), context));
    }

    private static Dictionary<string, double> Measure(StreamMethod method, UnitContext context)
    {
        var outcome = StreamTraining.Of(context.Scale).Run(method, context.Unit.Seed, context.Cancellation);
        var (tokens, runs) = context.Scale == Scale.Smoke ? (2, 1) : (24, 4);
        var costs = new DecoderCosts(method.Of(StreamTraining.Shape));
        return new()
        {
            [Loss] = outcome.Loss,
            [Memory] = new InferenceRoofline(method.Of(StreamTraining.Shape), RooflineHardware.A100, 4).MemoryBytes(StreamTraining.Shape.MaxPositionEmbeddings),
            [Latency] = StreamLatency.SecondsPerToken(method.Of(StreamLatency.Shape), tokens, runs, context.Unit.Seed, context.Cancellation),
            [Start] = outcome.StartLoss,
            [Flops] = outcome.Flops,
            ["FLOPs per token"] = costs.Forward(StreamTraining.Shape.MaxPositionEmbeddings).TotalFlops / (double)StreamTraining.Shape.MaxPositionEmbeddings,
            ["parameters"] = costs.Parameters.Total,
            ["parameters trained in the second stage"] = outcome.Trained,
        };
    }

    private static Claim Versus(string id, string statement, string first, string second, Bound bound, string? figure = null) =>
        Claim.Difference(new(id, statement, figure), new(first, "", Loss), new(second, "", Loss), bound);

    /// <summary>The share of parameters that four streams add to the model whose latency is measured.</summary>
    private static double Extras()
    {
        var one = new DecoderCosts(StreamLatency.Shape).Parameters.Total;
        var four = new DecoderCosts(StreamMethod.All.Single(method => method.Name == StreamMethod.Full(4)).Of(StreamLatency.Shape)).Parameters.Total;
        return (double)(four - one) / one;
    }
}
