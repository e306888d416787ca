using Vilfredo.Neural.Training.Data;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Schedules;

namespace Vilfredo.Neural.Training;

/// <summary>How long a <see cref="Trainer{TBatch}"/> trains, and what it watches and keeps on the way.</summary>
/// <typeparam name="TBatch">What is trained on in one pass.</typeparam>
public sealed record TrainerOptions<TBatch>
{
    /// <summary>The steps in all. At least 1.</summary>
    public required long Steps { get; init; }

    /// <summary>The batches whose gradients a step adds up, weighted by their scored elements. At least 1.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>The objective over copies of the module, each of which works on a part of a step's shards on a thread of its own. See <see cref="ShardedGradient{TBatch}"/>.</summary>
    public IReadOnlyList<ITrainingObjective<TBatch>> Replicas { get; init; } = [];

    /// <summary>Cuts a batch into parts, whose gradients are added up: less memory, and tensors that stay in the processor's cache. Null for whole batches. See <see cref="TokenBatch.Shards"/>.</summary>
    public Func<TBatch, IReadOnlyList<TBatch>>? Shards { get; init; }

    /// <summary>The learning rates over the steps; constant when null.</summary>
    public ISchedule? Schedule { get; init; }

    /// <summary>The largest norm of a step's gradient, all parameters together; infinity for no clipping. Positive.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>What is done with a step that is not finite.</summary>
    public NonFinitePolicy NonFinite { get; init; } = NonFinitePolicy.Stop;

    /// <summary>A record is kept every so many steps, and at evaluations and the end. At least 1.</summary>
    public int LogEvery { get; init; } = 10;

    /// <summary>Fixed batches by name, whose mean loss is computed at evaluations.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TBatch>> Evaluations { get; init; } = new Dictionary<string, IReadOnlyList<TBatch>>();

    /// <summary>Evaluations come every so many steps and after the last; null means after the last only.</summary>
    public int? EvaluateEvery { get; init; }

    /// <summary>Asked after every evaluation, in order; the training ends where it says true. A training that is resumed asks about the evaluations of its earlier runs first. See <see cref="EarlyStopping"/>.</summary>
    public Func<TrainingRecord, bool>? StopsAfter { get; init; }

    /// <summary>The folder of the checkpoint and the log; made when it is not there. Null keeps nothing.</summary>
    public string? Folder { get; init; }

    /// <summary>The checkpoint is replaced every so many steps, when the training is cancelled and after the last step. Null means the latter two only.</summary>
    public int? CheckpointEvery { get; init; }

    /// <summary>What must be the same for a checkpoint to be continued, as text: the whole configuration of the training, say.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The power that the training draws, in watts, from which its energy is estimated; null leaves energy out.</summary>
    public double? PowerWatts { get; init; }

    /// <summary>Receives all costs; null for a meter of its own.</summary>
    public CostMeter? Meter { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1, nameof(Steps));
        ArgumentOutOfRangeException.ThrowIfLessThan(Accumulation, 1, nameof(Accumulation));
        ArgumentOutOfRangeException.ThrowIfLessThan(LogEvery, 1, nameof(LogEvery));
        ArgumentOutOfRangeException.ThrowIfLessThan(EvaluateEvery ?? 1, 1, nameof(EvaluateEvery));
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointEvery ?? 1, 1, nameof(CheckpointEvery));
        if (!(ClipNorm > 0))
            throw new ArgumentOutOfRangeException(nameof(ClipNorm), ClipNorm, "The largest norm must be positive; infinity clips nothing.");
        if (PowerWatts is { } power && !(power >= 0 && double.IsFinite(power)))
            throw new ArgumentOutOfRangeException(nameof(PowerWatts), power, "The power must be a finite number of watts, at least 0.");
        if (Evaluations.FirstOrDefault(set => set.Value.Count == 0).Key is { } empty)
            throw new ArgumentException($"The evaluation '{empty}' has no batch.", nameof(Evaluations));
    }
}
