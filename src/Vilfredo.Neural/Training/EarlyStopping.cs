namespace Vilfredo.Neural.Training;

/// <summary>Ends a training when a loss has not fallen for some evaluations: <c>StopsAfter = record =&gt; stopping.Observe(record.Evaluation!["validation"])</c>.</summary>
/// <remarks>An evaluation that is better by no more than the threshold does not count as a fall, but is the best one all the same (the rule of Hugging Face's callback, from memory). What was spent after the best one is spent too.</remarks>
public sealed class EarlyStopping
{
    private readonly int _patience;
    private readonly double _threshold;
    private int _without;

    /// <summary>A rule that has seen nothing.</summary>
    /// <param name="patience">The evaluations without a fall after which it stops, at least 1.</param>
    /// <param name="threshold">How much lower than the best a loss must be to count as a fall; not negative.</param>
    public EarlyStopping(int patience, double threshold = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        if (!(threshold >= 0 && double.IsFinite(threshold)))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold is a finite loss, at least 0.");
        (_patience, _threshold) = (patience, threshold);
    }

    /// <summary>The evaluations seen.</summary>
    public int Evaluations { get; private set; }

    /// <summary>The lowest loss; infinite before the first evaluation.</summary>
    public double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>The number of the evaluation with the lowest loss, from 1; 0 before the first.</summary>
    public int BestEvaluation { get; private set; }

    /// <summary>Takes note of an evaluation.</summary>
    /// <returns>Whether to stop. A loss that is no number is no fall.</returns>
    public bool Observe(double loss)
    {
        Evaluations++;
        _without = loss < Best - _threshold ? 0 : _without + 1;
        if (loss < Best)
            (Best, BestEvaluation) = (loss, Evaluations);
        return _without >= _patience;
    }
}
