using TorchSharp;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.Tasks;
using Vilfredo.Neural.Chat;
using Vilfredo.Neural.Checkpoints;
using Vilfredo.Neural.Evaluation;
using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Cli.Commands.Models;

/// <summary>Trains the model of a recipe and saves it with its tokenizer, its card and the scores of its evaluation.</summary>
internal sealed class TrainingRun(Terminal terminal, TrainingRecipe recipe)
{
    private const ulong EvaluationSeed = 20_000;

    // Of a shard's states: half a megabyte, so that a few tensors of them stay in a processor's own cache.
    private const int CachedNumbers = 1 << 17;

    /// <summary>The folder with the checkpoint and the log of the training.</summary>
    public string TrainingFolder => Path.Combine(recipe.Output, "training");

    /// <summary>Trains from the checkpoint on, if there is one, else from the beginning.</summary>
    /// <param name="fresh">Whether a checkpoint is left aside.</param>
    /// <param name="cancellation">Ends the training at the next step, with a checkpoint.</param>
    public TrainedModel Run(bool fresh, CancellationToken cancellation)
    {
        if (recipe.Threads is { } threads)
            torch.set_num_threads(threads);
        using var model = new Decoder(recipe.Model, checked((long)recipe.Seed));
        if (recipe.From is { } from)
            Begin(model, from);
        using var optimizer = Optimizer(model);
        using var objective = new LanguageModelObjective(model);
        var (batches, evaluations) = Data();
        var workers = torch.get_num_threads();
        LanguageModelObjective[] replicas = [.. Enumerable.Range(1, workers - 1).Select(_ => objective.Replica())];
        var shard = Math.Max(1, CachedNumbers / recipe.Model.HiddenSize);
        var trainer = new Trainer<TokenBatch>(objective, optimizer, batches, new()
        {
            Steps = recipe.Steps,
            Replicas = replicas,
            Shards = batch => batch.Shards(shard, workers),
            Accumulation = recipe.Accumulation,
            Schedule = recipe.Schedule,
            ClipNorm = recipe.ClipNorm,
            NonFinite = recipe.NonFinite,
            Evaluations = new Dictionary<string, IReadOnlyList<TokenBatch>>(StringComparer.Ordinal) { ["validation"] = evaluations },
            EvaluateEvery = recipe.EvaluateEvery,
            Folder = TrainingFolder,
            CheckpointEvery = recipe.CheckpointEvery,
            Fingerprint = Fingerprint(),
            PowerWatts = recipe.PowerWatts,
        });
        if (!fresh)
            Resume(trainer);
        var last = Train(trainer, cancellation);
        foreach (var replica in replicas)
            replica.Dispose();
        DecoderCheckpoint.Save(model, recipe.Output);
        recipe.Tokenizer.Save(recipe.Output);
        if (recipe.Tasks is not null)
            ChatTemplate.Task.Save(recipe.Output);
        File.WriteAllText(Path.Combine(recipe.Output, "train.yaml"), recipe.Text);
        return new(recipe, last, trainer.Cost, Evaluate(model, cancellation));
    }

    /// <summary>Gives a model the weights of another one; parts that only it has stay fresh.</summary>
    private void Begin(Decoder model, string from)
    {
        try
        {
            var tied = model.Config.TieWordEmbeddings ? new[] { "lm_head.weight" } : [];
            var options = new LoadOptions();
            var report = Checkpoint.Load(model, from, options with { Strict = false, IgnoredSuffixes = [.. options.IgnoredSuffixes, .. tied] });
            if (report.Unexpected.Count > 0)
                throw new UserErrorException($"'from': the model in {from} has {report.Unexpected.Count} tensors that this one has not, such as {report.Unexpected[0]}", "Make 'model' an extension of that one's config.json.");
            if (report.Missing.Count > 0)
                terminal.WriteNote($"{report.Missing.Count} tensors begin fresh, such as {report.Missing[0]}");
        }
        catch (Exception error) when (error is IOException or CheckpointMismatchException or FormatException)
        {
            throw new UserErrorException($"'from': {error.Message.TrimEnd('.')}", "It must be the folder of a model whose shapes are those of 'model'.");
        }
    }

    private IOptimizer Optimizer(Decoder model)
    {
        try
        {
            return recipe.Optimizer(model);
        }
        catch (ArgumentException error)
        {
            throw new UserErrorException($"'optimizer': {IO.ArgumentMessages.FirstSentence(error)}", "The names are those of the checkpoint; vilfredo inspect lists them.");
        }
    }

    private (IBatches<TokenBatch> Train, IReadOnlyList<TokenBatch> Evaluation) Data()
    {
        if (recipe.Tasks is { } mix)
        {
            var text = new TaskText(recipe.Tokenizer);
            var train = new TaskBatches(mix, text, recipe.Rows, recipe.Seed) { Teacher = recipe.Teacher, LongestExample = recipe.Length };
            var held = new TaskBatches(mix, text, recipe.Rows, EvaluationSeed) { Teacher = recipe.Teacher, LongestExample = recipe.Length, Split = TaskSplit.Validation };
            return (train, [.. Enumerable.Range(0, recipe.EvaluationBatches).Select(i => held.At(i))]);
        }

        var tokens = recipe.Texts.SelectMany(file => InputFile.Open(file, File.ReadAllText) is var content ? UserInput.Checked(file, () => recipe.Tokenizer.Encode(content)) : []).ToArray();
        var kept = (int)(tokens.Length * (1 - recipe.ValidationShare));
        return UserInput.Checked("data", () => (
            (IBatches<TokenBatch>)new WindowBatches(tokens.AsMemory(0, kept), recipe.Length, recipe.Rows, recipe.Seed),
            WindowBatches.SideBySide(tokens.AsMemory(kept), recipe.Length, recipe.Rows, recipe.EvaluationBatches)));
    }

    /// <summary>The file without comments and blank lines, which may change.</summary>
    private string Fingerprint() =>
        string.Join('\n', recipe.Text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0 && !line.TrimStart().StartsWith('#')));

    private void Resume(Trainer<TokenBatch> trainer)
    {
        try
        {
            if (trainer.TryResume())
                terminal.WriteNote($"going on after step {trainer.Step} of {recipe.Steps}");
        }
        catch (Exception error) when (error is TrainingMismatchException or InvalidDataException or CheckpointMismatchException)
        {
            throw new UserErrorException(error.Message.TrimEnd('.'), "--fresh begins anew and replaces it.");
        }
    }

    private TrainingRecord Train(Trainer<TokenBatch> trainer, CancellationToken cancellation)
    {
        try
        {
            return new TrainingDisplay(terminal).Show(progress => trainer.Run(progress, cancellation));
        }
        catch (TrainingDivergedException error)
        {
            throw new CommandFailedException($"the training diverged: {error.Message.TrimEnd('.')}", null, error);
        }
        catch (OperationCanceledException)
        {
            terminal.WriteNote($"stopped after step {trainer.Step} of {recipe.Steps}; the same command goes on from there");
            throw;
        }
    }

    private IReadOnlyList<TaskScore> Evaluate(Decoder model, CancellationToken cancellation)
    {
        if (recipe.Tasks is not { } mix || recipe.Problems == 0)
            return [];
        var levels = mix.Parts.SelectMany(part => Enumerable.Range(part.Easiest, part.Hardest - part.Easiest + 1).Select(level => (part.Family, Level: level))).Distinct();
        var items = levels.SelectMany(one =>
        {
            var family = new TaskMix([new(one.Family, 1, one.Level, one.Level)]);
            return Enumerable.Range(0, recipe.Problems).Select(i => family.At(EvaluationSeed, i, TaskSplit.Test, recipe.Teacher));
        }).ToArray();
        var evaluation = new TaskEvaluation(model, new TaskText(recipe.Tokenizer)) { MaxTokens = recipe.MaxTokens };
        return new CountDisplay(terminal, "problems", items.Length).Show(progress => evaluation.Run(items, new RandomGenerator(EvaluationSeed), progress, cancellation));
    }
}
