using TorchSharp;
using Vilfredo.Measurement.Footprint.Tracking;
using Vilfredo.Neural.SequenceToSequence;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Training.Schedules;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The two stages of training: the infusion of a knowledge text by denoising, then questions until the loss on held-out ones has not fallen for some epochs.</summary>
/// <param name="Readings">How often an epoch of infusion reads every sentence, each time with other words hidden.</param>
/// <param name="Epochs">The most epochs on questions.</param>
/// <param name="MostSteps">The most steps of an epoch, where the study is only tried.</param>
internal sealed record InfusionTraining(int Readings, int Epochs, int MostSteps = int.MaxValue)
{
    private const int Rows = 32, Wordings = 3, Patience = 3;
    private const double Threshold = 5e-4, Hidden = 0.3;

    // T5's fresh embeddings are wide and its scores are not divided by the root of the width: the former learn faster than the rest, queries more slowly.
    private const double EmbeddingFactor = 10, QueryFactor = 0.1;

    public static InfusionTraining Of(Scale scale) => scale == Scale.Smoke ? new(1, 2, 2) : new(20, 40);

    /// <summary>What came of a training.</summary>
    /// <param name="Accuracy">Of the best epoch, by where the answers are.</param>
    /// <param name="TotalAccuracy">Of all test questions.</param>
    /// <param name="ValidationLoss">Of the best epoch.</param>
    /// <param name="InfusionLoss">Of the last epoch of infusion; 0 without.</param>
    /// <param name="Recall">After infusion, the share of told properties of things that are written into the gap of a sentence.</param>
    /// <param name="Infusion">A report per epoch.</param>
    /// <param name="Questions">A report per epoch.</param>
    /// <param name="BestEpoch">The epoch on questions with the lowest validation loss, from 1.</param>
    /// <param name="Accuracies">Of the test questions after each epoch.</param>
    /// <param name="Flops">Of both stages.</param>
    /// <param name="Parameters">Of the model.</param>
    public sealed record Outcome(
        IReadOnlyDictionary<AnswerSource, double> Accuracy, double TotalAccuracy, double ValidationLoss, double InfusionLoss, double Recall,
        IReadOnlyList<FootprintReport> Infusion, IReadOnlyList<FootprintReport> Questions, int BestEpoch, IReadOnlyList<double> Accuracies, double Flops, long Parameters);

    /// <summary>Trains a model. All sizes and lengths of a seed know the same world and questions.</summary>
    /// <param name="size">The model.</param>
    /// <param name="infusionEpochs">Epochs of the first stage; 0 leaves it out.</param>
    /// <param name="worldDraw">Draws the world.</param>
    /// <param name="seed">Of questions, batches and weights.</param>
    /// <param name="footprints">Opens the account of a stage.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public Outcome Run(EncoderSize size, int infusionEpochs, RandomGenerator worldDraw, ulong seed, Func<EpochFootprints> footprints, CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        var world = new CommonsenseWorld(worldDraw);
        var random = new RandomGenerator(seed);
        var training = world.Questions(world.Things.Training, Wordings, random);
        var validation = world.Questions(world.Things.Validation, 1, random);
        var test = world.Questions(world.Things.Test, 1, random);
        var config = size.Config(world.VocabularySize);
        using var model = new EncoderDecoder(config, (long)(seed >> 1));
        var objective = new SequenceToSequenceObjective(model);
        var flops = 0.0;

        using var infusion = footprints();
        var infusionLoss = 0.0;
        if (infusionEpochs > 0)
        {
            var denoising = new ComplementaryDenoising(world.VocabularySize - 1, CommonsenseWorld.Sentinels, [CommonsenseWorld.Begin, CommonsenseWorld.End]) { Share = Hidden };
            var sentences = world.Sentences();
            var batches = new SequencePairBatches(draw => [.. Enumerable.Range(0, Readings).SelectMany(_ => sentences).Select(sentence => denoising.Pair(sentence, draw))], Rows, CommonsenseWorld.Padding, random.NextUInt64());
            var steps = Math.Min(MostSteps, batches.BatchesPerPass);
            using var optimizer = Optimizer(model, size.InfusionRate);
            var trainer = new Trainer<SequencePairBatch>(objective, optimizer, batches, new()
            {
                Steps = (long)infusionEpochs * steps,
                Schedule = new LinearSchedule((long)infusionEpochs * steps, (long)infusionEpochs * steps / 20),
                LogEvery = steps,
            });
            trainer.Run(new TrainingFootprint(infusion, steps), cancellation);
            infusionLoss = trainer.Records[^1].Loss ?? 0;
            flops += trainer.Records[^1].Flops;
        }

        var recall = Recall(model, world);

        using var questions = footprints();
        var accuracies = new List<double>();
        var stopping = new EarlyStopping(Patience, Threshold);
        Dictionary<string, torch.Tensor>? best = null;
        {
            var batches = new SequencePairBatches(_ => [.. training.Select(Pair)], Rows, CommonsenseWorld.Padding, random.NextUInt64());
            var steps = Math.Min(MostSteps, batches.BatchesPerPass);
            using var optimizer = Optimizer(model, infusionEpochs > 0 ? size.QuestionRate : size.QuestionRateAlone);
            var trainer = new Trainer<SequencePairBatch>(objective, optimizer, batches, new()
            {
                Steps = (long)Epochs * steps,
                Schedule = new LinearSchedule((long)Epochs * steps),
                LogEvery = steps,
                EvaluateEvery = steps,
                Evaluations = new Dictionary<string, IReadOnlyList<SequencePairBatch>> { ["validation"] = [new([.. validation.Select(Pair)])] },
                StopsAfter = record => stopping.Observe(record.Evaluation!["validation"]),
            });
            trainer.Run(new TrainingFootprint(questions, steps, _ =>
            {
                accuracies.Add(Correct(model, test).Average(right => right ? 1.0 : 0));
                if (stopping.BestEvaluation != stopping.Evaluations) return;
                using var noGradient = torch.no_grad();
                best = model.named_parameters().ToDictionary(one => one.name, one => one.parameter.clone());
            }), cancellation);
            flops += trainer.Records[^1].Flops;
        }

        using (torch.no_grad())
        {
            foreach (var (name, parameter) in model.named_parameters())
                parameter.copy_(best![name]);
        }

        var right = Correct(model, test);
        return new(
            Enum.GetValues<AnswerSource>().ToDictionary(source => source, source => test.Zip(right).Where(pair => pair.First.Source == source).Average(pair => pair.Second ? 1.0 : 0)),
            right.Average(one => one ? 1.0 : 0), stopping.Best, infusionLoss, recall, infusion.Reports, questions.Reports, stopping.BestEvaluation, accuracies, flops, config.Parameters);
    }

    private static AdamW Optimizer(EncoderDecoder model, double rate) => new(ParameterGroup.Of(
        model, rate, 0, [new() { Match = "shared.weight", LearningRate = EmbeddingFactor * rate }, new() { Match = "*.q.weight", LearningRate = QueryFactor * rate }]));

    private static (IReadOnlyList<int>, IReadOnlyList<int>) Pair(WorldQuestion question) => (question.Text, question.Answer);

    /// <summary>Which answers are right to the word.</summary>
    private static bool[] Correct(EncoderDecoder model, IReadOnlyList<WorldQuestion> questions)
    {
        using var scope = torch.NewDisposeScope();
        var batch = new SequencePairBatch([.. questions.Select(Pair)]);
        using var source = batch.SourceTensor();
        using var visible = batch.VisibleTensor();
        var written = model.Generate(source, visible, batch.TargetLength);
        var (tokens, width) = (written.data<long>().ToArray(), (int)written.size(1));
        return [.. questions.Select((question, row) => question.Answer.Select((token, i) => i < width && tokens[row * width + i] == token).All(same => same))];
    }

    /// <summary>The share of told properties of things that a model writes into the gap of a sentence.</summary>
    private static double Recall(EncoderDecoder model, CommonsenseWorld world)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var first = world.VocabularySize - 1;
        var pairs = new List<(IReadOnlyList<int> Source, IReadOnlyList<int> Target)>();
        var places = new List<int[]>();
        foreach (var fact in world.Facts.Where(fact => fact.IsTold && CommonsenseWorld.Relation.Own.Contains(fact.Relation)))
        {
            var (sentence, gap) = world.Gap(fact, fact.Relation.Wordings[0]);
            var (source, target, hidden, shown) = (sentence.ToArray(), sentence.ToArray(), 0, 0);
            for (var i = 1; i < sentence.Length - 1; i++)
            {
                if (gap.Contains(i)) source[i] = first - hidden++;
                else target[i] = first - shown++;
            }

            pairs.Add((source, target));
            places.Add(gap);
        }

        var batch = new SequencePairBatch(pairs);
        var visible = batch.VisibleTensor();
        var chosen = model.Decode(batch.DecoderTensor(0), model.Encode(batch.SourceTensor(), visible), visible).argmax(-1).data<long>().ToArray();
        return pairs.Select((pair, row) => places[row].All(place => chosen[row * batch.TargetLength + place] == pair.Target[place]) ? 1.0 : 0).Average();
    }
}
