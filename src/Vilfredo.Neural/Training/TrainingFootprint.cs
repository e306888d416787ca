using Vilfredo.Measurement.Footprint.Tracking;

namespace Vilfredo.Neural.Training;

/// <summary>Tells a training's epochs to <see cref="EpochFootprints"/>: give it to <see cref="Trainer{TBatch}.Run"/> as its progress. The first epoch begins where this is made.</summary>
/// <remarks>An epoch's evaluation belongs to it. Handed to a trainer, it is called at once and in the trainer's thread, unlike <see cref="Progress{T}"/>.</remarks>
public sealed class TrainingFootprint : IProgress<TrainingProgress>
{
    private readonly EpochFootprints _epochs;
    private readonly long _stepsPerEpoch;
    private readonly Action<TrainingProgress>? _between;

    /// <summary>Begins the first epoch.</summary>
    /// <param name="epochs">Where reports are kept; it stays the caller's.</param>
    /// <param name="stepsPerEpoch">The steps of an epoch, at least 1.</param>
    /// <param name="between">Called after each epoch, outside of the account: what is looked at for other reasons than the training.</param>
    public TrainingFootprint(EpochFootprints epochs, long stepsPerEpoch, Action<TrainingProgress>? between = null)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerEpoch, 1);
        (_epochs, _stepsPerEpoch, _between) = (epochs, stepsPerEpoch, between);
        epochs.Begin();
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Step % _stepsPerEpoch != 0)
            return;
        _epochs.End();
        _between?.Invoke(value);
        if (value.Step < value.Steps)
            _epochs.Begin();
    }
}
