using System.Collections.Concurrent;
using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Training.Schedules;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The two stages of training: a base of one stream, and what begins with it.</summary>
/// <param name="BaseSteps">Steps of the base.</param>
/// <param name="FurtherSteps">Steps of the second stage.</param>
/// <param name="Windows">Windows of the held-out text.</param>
/// <param name="BaseRate">The peak learning rate of the base.</param>
internal sealed record StreamTraining(int BaseSteps, int FurtherSteps, int Windows, double BaseRate = 0.005)
{
    private const int Length = 64, Rows = 16;

    /// <summary>0.15 million parameters but for the vocabulary.</summary>
    public static DecoderConfig Shape { get; } = new()
    {
        VocabSize = SmallModel.Vocabulary,
        HiddenSize = 64,
        IntermediateSize = 176,
        NumHiddenLayers = 3,
        NumAttentionHeads = 2,
        MaxPositionEmbeddings = Length,
        TieWordEmbeddings = true,
    };

    // A base depends on nothing but its key; kept so that all methods of a seed begin with the same without training it anew.
    private static readonly ConcurrentDictionary<(StreamTraining, int), IReadOnlyDictionary<string, float[]>> Bases = [];

    /// <summary>What came of a training.</summary>
    /// <param name="Loss">Of held-out text, in nats per character.</param>
    /// <param name="StartLoss">The same before the second stage, with its new parts.</param>
    /// <param name="Flops">Operations of training, the base's included.</param>
    /// <param name="Trained">Numbers that were trained in the second stage.</param>
    public sealed record Outcome(double Loss, double StartLoss, double Flops, long Trained);

    public static StreamTraining Of(Scale scale) => scale switch
    {
        Scale.Smoke => new(3, 1, 8),
        Scale.Quick => new(100, 12, 32),
        _ => new(800, 60, 128),
    };

    /// <summary>Trains a method of a seed.</summary>
    public Outcome Run(StreamMethod method, int seed, CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        var language = new StreamText(Random("language"));
        var text = language.Tokens((BaseSteps + 1) * Rows * Length, Random("text"));
        var heldOut = WindowBatches.SideBySide(language.Tokens(Length * Windows + 1, Random("held-out text")), Length, 4 * Rows);
        if (!Bases.TryGetValue((this, seed), out var weights))
        {
            using var fresh = new Decoder(Shape, seed);
            Train(fresh, ParameterGroup.Of(fresh, BaseRate), BaseSteps, "base");
            weights = Bases.GetOrAdd((this, seed), fresh.named_parameters().ToDictionary(one => one.name, one => one.parameter.data<float>().ToArray()));
        }

        using var model = new Decoder(method.Of(Shape), 1000 + seed);
        Begin(model, weights);
        var start = Loss(model, heldOut);
        var trained = 0L;
        if (method.Times > 0)
        {
            var groups = method.Groups(model);
            trained = groups.SelectMany(group => group.Parameters).Sum(one => one.Value.numel());
            Train(model, groups, method.Times * FurtherSteps, "second stage");
        }

        return new(method.Times > 0 ? Loss(model, heldOut) : start, start, Flops(method), trained);

        RandomGenerator Random(string purpose) => new((ulong)seed, UnitContext.StableHash("parscale", purpose));

        void Train(Decoder one, IReadOnlyList<ParameterGroup> groups, int steps, string stage)
        {
            using var optimizer = new AdamW(groups);
            using var objective = new LanguageModelObjective(one);
            new Trainer<TokenBatch>(objective, optimizer, new WindowBatches(text, Length, Rows, Random(stage).NextUInt64()), new()
            {
                Steps = steps,
                Schedule = steps >= 20 ? new CosineSchedule(steps, steps / 20) : null,
                LogEvery = int.MaxValue,
            }).Run(cancellation: cancellation);
        }
    }

    /// <summary>Gives a model the weights of a base; what the base has not stays as it is.</summary>
    public static void Begin(Decoder model, IReadOnlyDictionary<string, float[]> weights)
    {
        using var noGradient = torch.no_grad();
        var parameters = model.named_parameters().ToDictionary(one => one.name, one => one.parameter);
        foreach (var (name, values) in weights)
        {
            using var tensor = torch.tensor(values, parameters[name].shape);
            parameters[name].copy_(tensor);
        }
    }

    /// <summary>Operations of both stages. Without gradients of the base's weights a step takes two thirds.</summary>
    private double Flops(StreamMethod method)
    {
        const double Tokens = Rows * Length;
        var first = BaseSteps * Tokens * new DecoderCosts(Shape).TrainingFlopsPerToken(Length);
        return first + method.Times * FurtherSteps * Tokens * new DecoderCosts(method.Of(Shape)).TrainingFlopsPerToken(Length) * (method.Frozen ? 2.0 / 3 : 1);
    }

    private static double Loss(Decoder model, IReadOnlyList<TokenBatch> batches)
    {
        using var objective = new LanguageModelObjective(model);
        return objective.MeanLoss(batches);
    }
}
