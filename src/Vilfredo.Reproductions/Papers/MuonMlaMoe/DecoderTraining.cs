using System.Diagnostics;
using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Experts;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Comparison;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Training.Schedules;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Reproductions.Papers;

/// <summary>Trains small decoders on a language.</summary>
/// <param name="Width">d.</param>
/// <param name="Layers">Layers.</param>
/// <param name="Tokens">Tokens that are read in training, each once or so.</param>
/// <param name="Evaluations">The evaluations of a training, evenly spaced, the last at its end.</param>
internal sealed record DecoderTraining(int Width, int Layers, int Tokens, int Evaluations)
{
    /// <summary>The tokens of a window.</summary>
    public const int Window = 64;

    private const double Decay = 0.1;
    private const string Router = ".mlp.gate.weight"; // how the names of routers end

    public static DecoderTraining Of(Scale scale) => scale switch
    {
        // Steps of every form divide into the evaluations.
        Scale.Smoke => new(32, 1, 20 * 1024, 5),
        Scale.Quick => new(64, 2, 80 * 1024, 20),
        _ => new(64, 2, 160 * 1024, 20),
    };

    /// <summary>What came of a training.</summary>
    /// <param name="Curve">The validation loss over tokens.</param>
    /// <param name="Steps">Steps.</param>
    /// <param name="Seconds">Seconds of its steps, without the evaluations.</param>
    /// <param name="Flops">Operations of the model, with those of the orthogonalisation.</param>
    /// <param name="Orthogonalization">The share of the orthogonalisation in them.</param>
    /// <param name="StateBytes">Bytes of the optimiser's state.</param>
    /// <param name="CacheBytes">Bytes that the cache holds for a token, measured on its tensors.</param>
    /// <param name="CountedCacheBytes">The same from the configuration.</param>
    /// <param name="Parameters">All and active parameters.</param>
    /// <param name="StepNorm">The largest spectral norm of a hidden matrix's next step, divided by its learning rate and scale; null without Muon.</param>
    public sealed record Outcome(
        TrainingCurve Curve, long Steps, double Seconds, double Flops, double Orthogonalization, long StateBytes, double CacheBytes, long CountedCacheBytes, (long All, long Active) Parameters, double? StepNorm);

    /// <summary>Trains in one form. All forms of a seed see the same text, begin with weights of the same seed and are judged on the same windows.</summary>
    /// <param name="form">The form.</param>
    /// <param name="text">The source of the language and its text.</param>
    /// <param name="seed">The seed of weights and windows.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public Outcome Train(TrainingForm form, RandomGenerator text, ulong seed, CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        var language = new InventedLanguage(text);
        var (train, validation) = (language.Text(Math.Max(Tokens, 40_000)), language.Text(64 * Window + 1));
        var config = form.Config(Width, Layers);
        using var model = new Decoder(config, (long)(seed >> 1));
        var partition = MuonPartition.Of(model);
        using var optimizer = Optimizer(form, partition, model);
        using var objective = new LanguageModelObjective(model) { Balancer = form.HasExperts ? new BiasBalancer(model) { Rate = 0.01 } : null };
        var steps = (long)Math.Round(Tokens * form.Horizon / (form.Rows * Window));
        var windows = WindowBatches.SideBySide(validation, Window, 64);
        var trainer = new Trainer<TokenBatch>(objective, optimizer, new WindowBatches(train, Window, form.Rows, seed), new()
        {
            Steps = steps,
            Schedule = new CosineSchedule(steps, Math.Min(steps / 2, (steps + 19) / 20)),
            LogEvery = int.MaxValue,
            EvaluateEvery = (int)Math.Max(1, steps / Evaluations),
            Evaluations = new Dictionary<string, IReadOnlyList<TokenBatch>> { ["validation"] = windows },
        });
        trainer.Run(cancellation: cancellation);
        var curve = TrainingCurve.Of(trainer.Records, "validation", record => record.Tokens);
        var evaluation = SecondsOf(objective, windows);
        var orthogonalization = steps * Products(form, partition);
        var costs = new DecoderCosts(config);
        using var cache = model.NewCache();
        using (torch.no_grad())
            model.Run(new() { Ids = windows[0].InputTensor(), Cache = cache });
        return new(
            curve, steps, trainer.Records[^1].Seconds - curve.Points.Count * evaluation, trainer.Records[^1].Flops + orthogonalization, orthogonalization / (trainer.Records[^1].Flops + orthogonalization),
            optimizer.State.Values.Sum(state => state.numel() * state.element_size()), (double)cache.Bytes / windows[0].Tokens, sizeof(float) * costs.CachedNumbersPerToken,
            (costs.Parameters.Total, costs.Parameters.Active), form.IsMuon ? StepNorm(form, partition) : null);
    }

    /// <summary>The optimiser of a form, for the parameters of a model.</summary>
    internal static IOptimizer Optimizer(TrainingForm form, MuonPartition partition, Decoder model) => form.Optimizer switch
    {
        TrainedBy.AdamW => new AdamW(ParameterGroup.Of(model, form.Rate, Decay)),
        TrainedBy.Sgd => new Sgd(ParameterGroup.Of(model, form.Rate), momentum: 0.9),
        // Routers are left to AdamW.
        _ => partition.Optimizer(form.Rate, form.AdamRate, Decay, Options(form), [new() { Match = "*" + Router, TrainedByAdamW = true }]),
    };

    private static MuonOptions Options(TrainingForm form) => new() { Nesterov = form.Optimizer != TrainedBy.MuonWithoutNesterov, IsExact = form.Optimizer == TrainedBy.MuonExact };

    private static bool IsOrthogonalized(NamedParameter parameter) => !parameter.Name.EndsWith(Router, StringComparison.Ordinal);

    /// <summary>Operations that orthogonalise a step: of the iteration those of its products, of the decomposition those of its usual count, 6 n m^2 + 20 m^3 (Golub and Van Loan), and its product.</summary>
    private static double Products(TrainingForm form, MuonPartition partition) => !form.IsMuon ? 0 : partition.Hidden.Where(IsOrthogonalized).Sum(one =>
    {
        var (m, n) = ((double)Math.Min(one.Value.size(0), one.Value.size(1)), (double)Math.Max(one.Value.size(0), one.Value.size(1)));
        return form.Optimizer == TrainedBy.MuonExact ? 8 * n * m * m + 20 * m * m * m : 5 * 2 * (2 * m * m * n + m * m * m);
    });

    /// <summary>One more step of Muon on matrices of zeros with the gradients of the last one.</summary>
    private static double StepNorm(TrainingForm form, MuonPartition partition)
    {
        var largest = 0.0;
        foreach (var one in partition.Hidden.Where(IsOrthogonalized))
        {
            using var scope = torch.NewDisposeScope();
            if (one.Value.grad is not { } gradient)
                continue;
            var step = torch.zeros_like(one.Value).requires_grad_();
            step.grad = gradient;
            using var muon = new Muon([new() { Parameters = [new("step", step)], LearningRate = 1 }], Options(form) with { Scale = MuonScale.None });
            muon.Step();
            largest = Math.Max(largest, SpectralNorm.Largest(step.detach().to(torch.ScalarType.Float64)).item<double>());
        }

        return largest;
    }

    /// <summary>The seconds of an evaluation; the median of three.</summary>
    private static double SecondsOf(LanguageModelObjective objective, IReadOnlyList<TokenBatch> windows) => Enumerable.Range(0, 3).Select(_ =>
    {
        var started = Stopwatch.GetTimestamp();
        objective.MeanLoss(windows);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }).Order().ElementAt(1);
}
