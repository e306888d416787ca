using TorchSharp;
using Vilfredo.Measurement.Footprint.Tracking;
using Vilfredo.Neural.SequenceToSequence;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Training.Schedules;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The first stage: its footprint epoch by epoch, its operations, and the mean loss of its last epoch.</summary>
internal sealed record TrainedStage(EpochFootprints Footprints, double Flops, double Loss);

/// <summary>The second stage, with the share of right answers to the validation questions after each epoch and the epoch whose weights are kept.</summary>
internal sealed record TunedStage(EpochFootprints Footprints, double Flops, IReadOnlyList<double> Accuracies, int BestEpoch);

/// <summary>Knowledge infusion and question answering, one after the other, each with its own optimiser and its own account.</summary>
/// <param name="model">What is trained.</param>
/// <param name="text">The world in words.</param>
/// <param name="open">Opens a meter for an epoch.</param>
/// <param name="seed">The order of lines and the hidden words.</param>
internal sealed class StagedTraining(EncoderDecoder model, WorldText text, Func<FootprintMeter> open, ulong seed)
{
    /// <summary>The most epochs of the second stage in the paper's code.</summary>
    public const int MostEpochs = 40;

    private const int SentenceRows = 64; // sentences are short
    private const int QuestionRows = 16;
    private const int Patience = 3;
    private const double Threshold = 5e-4;
    private const string Validation = "validation";

    /// <summary>Complementary denoising of the knowledge.</summary>
    /// <param name="epochs">Epochs; the learning rate falls to 0 over all of them.</param>
    /// <param name="drawings">How often an epoch shows the knowledge, each time with other words hidden.</param>
    /// <param name="rate">The first learning rate.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public TrainedStage Infuse(int epochs, int drawings, double rate, CancellationToken cancellation)
    {
        var batches = new SequencePairBatches(text.Infusion, SentenceRows, WorldText.Padding, seed);
        var footprints = new EpochFootprints(open);
        var trainer = Run(batches, epochs, (long)drawings * batches.BatchesPerPass, rate, footprints, null, null, cancellation);
        return new(footprints, trainer.Cost.Flops ?? 0, trainer.Records[^1].Loss ?? double.NaN);
    }

    /// <summary>Question answering with early stopping by the validation loss; the best weights are kept.</summary>
    /// <param name="world">Its questions.</param>
    /// <param name="rate">The first learning rate; it would fall to 0 over all epochs.</param>
    /// <param name="epochs">The most epochs.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public TunedStage Tune(CommonsenseWorld world, double rate, int epochs, CancellationToken cancellation)
    {
        var pairs = world.Training.Select(text.Pair).ToArray();
        var batches = new SequencePairBatches(_ => pairs, Math.Min(QuestionRows, pairs.Length), WorldText.Padding, seed + 1);
        var validation = new SequencePairBatch([.. world.Validation.Select(text.Pair)], WorldText.Padding);
        var footprints = new EpochFootprints(open);
        var stopping = new EarlyStopping(Patience, Threshold);
        var accuracies = new List<double>();
        using var kept = torch.NewDisposeScope();
        var best = Snapshot();
        var trainer = Run(
            batches, epochs, batches.BatchesPerPass, rate, footprints, validation, record => stopping.Observe(record.Evaluation![Validation]), cancellation,
            _ =>
            {
                accuracies.Add(Accuracy(world.Validation));
                if (stopping.BestEvaluation == stopping.Evaluations)
                    Copy(from: model.state_dict(), to: best);
            });
        Copy(from: best, to: model.state_dict());
        return new(footprints, trainer.Cost.Flops ?? 0, accuracies, stopping.BestEvaluation);
    }

    /// <summary>The share of questions whose answer is written word for word; 0 without a question.</summary>
    public double Accuracy(IReadOnlyList<WorldQuestion> questions)
    {
        const int atOnce = 256;
        var right = 0;
        foreach (var chunk in questions.Chunk(atOnce))
        {
            using var scope = torch.NewDisposeScope();
            var batch = new SequencePairBatch([.. chunk.Select(text.Pair)], WorldText.Padding);
            var written = model.Generate(batch.SourceTensor(), batch.VisibleTensor(), batch.TargetLength);
            var (ids, width) = (written.data<long>().ToArray(), (int)written.size(1));
            right += chunk.Index().Count(one => width == 2 && ids[one.Index * width] == text.Answer(one.Item.Fact) && ids[one.Index * width + 1] == WorldText.End);
        }

        return questions.Count == 0 ? 0 : (double)right / questions.Count;
    }

    private Trainer<SequencePairBatch> Run(
        SequencePairBatches batches, int epochs, long stepsPerEpoch, double rate, EpochFootprints footprints, SequencePairBatch? validation, Func<TrainingRecord, bool>? stops,
        CancellationToken cancellation, Action<TrainingProgress>? between = null)
    {
        using var optimizer = new AdamW(ParameterGroup.Of(model, rate), beta2: 0.999);
        var trainer = new Trainer<SequencePairBatch>(new SequenceToSequenceObjective(model), optimizer, batches, new()
        {
            Steps = epochs * stepsPerEpoch,
            Schedule = new LinearSchedule(epochs * stepsPerEpoch),
            LogEvery = (int)stepsPerEpoch,
            Evaluations = validation is null ? new Dictionary<string, IReadOnlyList<SequencePairBatch>>() : new() { [Validation] = [validation] },
            EvaluateEvery = (int)stepsPerEpoch,
            StopsAfter = stops,
        });
        trainer.Run(new TrainingFootprint(footprints, stepsPerEpoch, between), cancellation);
        footprints.Dispose(); // the meter that was opened for an epoch that early stopping left out
        return trainer;
    }

    private Dictionary<string, torch.Tensor> Snapshot()
    {
        using var noGradient = torch.no_grad();
        return model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
    }

    private static void Copy(Dictionary<string, torch.Tensor> from, Dictionary<string, torch.Tensor> to)
    {
        using var noGradient = torch.no_grad();
        foreach (var (name, values) in from)
            to[name].copy_(values);
    }
}
