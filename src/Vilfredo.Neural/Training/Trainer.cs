using System.Diagnostics;
using TorchSharp;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training;

/// <summary>Lowers an objective step by step: accumulation, clipping, schedule, evaluation, log, cost and checkpoints that are resumed to the bit.</summary>
/// <remarks>
/// Batches and learning rates are functions of the step's number, so that a checkpoint holds weights, the optimiser's state and counts, and nothing else.
/// A training that is killed and resumed from its last checkpoint ends with the same bits as one that ran through, on the same machine with the same number of threads.
/// </remarks>
/// <typeparam name="TBatch">What is trained on in one pass.</typeparam>
public sealed class Trainer<TBatch>
{
    private const int MostSkippedInARow = 10;

    private readonly ITrainingObjective<TBatch> _objective;
    private readonly IOptimizer _optimizer;
    private readonly IBatches<TBatch> _batches;
    private readonly TrainerOptions<TBatch> _options;
    private readonly ShardedGradient<TBatch> _gradient;
    private readonly CostMeter _meter;
    private readonly TrainingLog _log;
    private TrainingCheckpoint.Counts _counts;
    private double _secondsWithEnergy;
    private long _asked; // the step up to which StopsAfter has been asked
    private bool _stopped;

    /// <summary>A training that has not begun.</summary>
    /// <param name="objective">What is lowered.</param>
    /// <param name="optimizer">What changes the parameters of the objective's module; it stays the caller's.</param>
    /// <param name="batches">What is trained on.</param>
    /// <param name="options">How long, and what is watched and kept.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or a replica is no copy of the module.</exception>
    public Trainer(ITrainingObjective<TBatch> objective, IOptimizer optimizer, IBatches<TBatch> batches, TrainerOptions<TBatch> options)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_objective, _optimizer, _batches, _options) = (objective, optimizer, batches, options);
        _gradient = new(objective, options.Replicas, options.Shards);
        _meter = options.Meter is { } parent ? new(parent, "training") : new();
        _log = new(options.Folder);
        _counts = new() { Step = 0, Tokens = 0, Skipped = 0, SkippedInARow = 0, LossSum = 0, LossCount = 0, Cost = CostVector.Unknown, Fingerprint = options.Fingerprint };
    }

    /// <summary>The steps taken.</summary>
    public long Step => _counts.Step;

    /// <summary>What the training has cost, earlier runs included: wall time, operations, tokens, peak memory and, where its power is stated, energy.</summary>
    public CostVector Cost => _meter.Total;

    /// <summary>The log, earlier runs included once the training runs.</summary>
    public IReadOnlyList<TrainingRecord> Records => _log.Records;

    /// <summary>Continues the checkpoint of the folder: overwrites the module, the optimiser's state and the counts.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidOperationException">Steps were taken already, or the options name no folder.</exception>
    /// <exception cref="TrainingMismatchException">It belongs to a training with another fingerprint.</exception>
    /// <exception cref="Checkpoints.CheckpointMismatchException">Its tensors are not those of the module and optimiser.</exception>
    /// <exception cref="InvalidDataException">The file is no checkpoint of a training.</exception>
    public bool TryResume()
    {
        if (Step > 0)
            throw new InvalidOperationException($"This training is at step {Step} already; resume before it runs.");
        var folder = _options.Folder ?? throw new InvalidOperationException($"There is no folder to resume from; set {nameof(TrainerOptions<>)}.{nameof(TrainerOptions<>.Folder)}.");
        if (TrainingCheckpoint.Load(folder, _objective.Module, _optimizer, _options.Fingerprint) is not { } counts)
            return false;
        _counts = counts;
        _meter.Report(counts.Cost);
        _secondsWithEnergy = counts.Cost.WallTimeSeconds ?? 0;
        return true;
    }

    /// <summary>Trains up to the last step, or until <see cref="TrainerOptions{TBatch}.StopsAfter"/> says so.</summary>
    /// <param name="progress">Told after every step; keep it quick.</param>
    /// <param name="cancellation">Looked at before each step. The checkpoint is written before the exception is thrown.</param>
    /// <returns>The last record.</returns>
    /// <exception cref="TrainingDivergedException">A step was not finite, and the policy is to stop, or ten in a row were not.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public TrainingRecord Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        _log.Begin(Step);
        foreach (var record in _log.Records)
            Ask(record); // what an earlier run has asked, so that its answers are remembered
        var (start, tokensBefore, started) = (Step, _counts.Tokens, Stopwatch.GetTimestamp());
        using var phase = _meter.Measure("training");
        _objective.Module.train();
        while (Step < _options.Steps && !_stopped)
        {
            if (cancellation.IsCancellationRequested)
            {
                Save();
                cancellation.ThrowIfCancellationRequested();
            }

            TakeStep();
            if (progress is not null)
            {
                var elapsed = Stopwatch.GetElapsedTime(started);
                progress.Report(new(Step, _options.Steps, start, elapsed, (_counts.Tokens - tokensBefore) / elapsed.TotalSeconds, _log.Records));
            }
        }

        return _log.Records.Count > 0 ? _log.Records[^1] : throw new InvalidDataException($"The checkpoint in {_options.Folder} is complete but its log is gone.");
    }

    private void TakeStep()
    {
        var factor = _options.Schedule?.Factor(Step) ?? 1;
        var (loss, count, norm) = Gradient();
        var finite = double.IsFinite(loss) && double.IsFinite(norm);
        if (finite)
        {
            _optimizer.Step(factor);
            _objective.AfterStep();
        }
        else if (_options.NonFinite == NonFinitePolicy.Stop || _counts.SkippedInARow + 1 >= MostSkippedInARow)
        {
            throw new TrainingDivergedException(Step + 1, loss / count, norm);
        }

        _counts = _counts with
        {
            Step = Step + 1,
            Skipped = _counts.Skipped + (finite ? 0 : 1),
            SkippedInARow = finite ? 0 : _counts.SkippedInARow + 1,
            LossSum = _counts.LossSum + (finite ? loss : 0),
            LossCount = _counts.LossCount + (finite ? count : 0),
        };
        var last = Step == _options.Steps;
        var evaluates = _options.Evaluations.Count > 0 && (last || Step % (_options.EvaluateEvery ?? long.MaxValue) == 0);
        if (last || evaluates || Step % _options.LogEvery == 0)
            Record(factor, finite ? norm : null, evaluates);
        if (last || _stopped || Step % (_options.CheckpointEvery ?? long.MaxValue) == 0)
            Save();
    }

    /// <summary>The gradient of the mean loss over the batches of a step, clipped; with the sum of the loss, the number of its elements and the norm before clipping.</summary>
    private (double Loss, long Count, double Norm) Gradient()
    {
        var batches = Enumerable.Range(0, _options.Accumulation).Select(i => _batches.At(Step * _options.Accumulation + i)).ToArray();
        var count = batches.Sum(_objective.Count);
        if (count == 0)
            throw new InvalidOperationException($"Step {Step + 1} has no element that is scored.");
        _optimizer.ZeroGradients();
        var loss = _gradient.Add(batches, count);
        foreach (var batch in batches)
        {
            var cost = _objective.Cost(batch);
            _counts = _counts with { Tokens = _counts.Tokens + (cost.PromptTokens ?? _objective.Count(batch)) };
            _meter.Report(cost);
        }

        return (loss, count, GradientClipping.ByGlobalNorm(_optimizer.Groups, _options.ClipNorm));
    }

    private void Record(double factor, double? norm, bool evaluates)
    {
        var evaluation = evaluates ? _options.Evaluations.ToDictionary(set => set.Key, set => _objective.MeanLoss(set.Value), StringComparer.Ordinal) : null;
        ReportProcess();
        var cost = Cost;
        _log.Add(new()
        {
            Step = Step,
            Tokens = _counts.Tokens,
            Flops = cost.Flops ?? 0,
            Seconds = cost.WallTimeSeconds ?? 0,
            Loss = _counts.LossCount > 0 ? _counts.LossSum / _counts.LossCount : null,
            LearningRateFactor = factor,
            GradientNorm = norm,
            Skipped = _counts.Skipped,
            Evaluation = evaluation,
        });
        _counts = _counts with { LossSum = 0, LossCount = 0 };
        if (evaluates || Step == _options.Steps)
            _log.WriteTable();
        Ask(_log.Records[^1]);
    }

    // Once about each evaluation, also when the same training is run again.
    private void Ask(TrainingRecord record)
    {
        if (record.Evaluation is null || record.Step <= _asked)
            return;
        _asked = record.Step;
        _stopped |= _options.StopsAfter?.Invoke(record) == true;
    }

    /// <summary>Memory, and the energy of the seconds since the last call.</summary>
    private void ReportProcess()
    {
        var seconds = Cost.WallTimeSeconds ?? 0;
        if (_options.PowerWatts is { } watts)
            _meter.Report(CostKind.Energy, watts * (seconds - _secondsWithEnergy));
        _secondsWithEnergy = seconds;
        using var process = Process.GetCurrentProcess();
        _meter.Report(CostKind.PeakMemory, process.PeakWorkingSet64);
    }

    private void Save()
    {
        if (_options.Folder is not { } folder)
            return;
        ReportProcess();
        TrainingCheckpoint.Save(folder, _objective.Module, _optimizer, _counts with { Cost = Cost });
    }
}
