namespace Vilfredo.Neural.Training.Comparison;

/// <summary>The loss of a training on fixed data over what was spent: steps, tokens, operations or seconds.</summary>
public sealed record TrainingCurve
{
    /// <summary>A curve of evaluations.</summary>
    /// <param name="points">What was spent and the loss then, in the order of spending; at least one.</param>
    /// <exception cref="ArgumentException">There is none, what was spent does not rise, or a number is not finite.</exception>
    public TrainingCurve(IReadOnlyList<(double Spent, double Loss)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0)
            throw new ArgumentException("A curve has at least one evaluation; let the trainer evaluate now and then.", nameof(points));
        for (var i = 0; i < points.Count; i++)
        {
            if (!double.IsFinite(points[i].Spent) || !double.IsFinite(points[i].Loss))
                throw new ArgumentException($"Evaluation {i + 1} is ({points[i].Spent}, {points[i].Loss}); both must be finite.", nameof(points));
            if (i > 0 && points[i].Spent <= points[i - 1].Spent)
                throw new ArgumentException($"Evaluation {i + 1} comes after {points[i].Spent}, the one before it after {points[i - 1].Spent}; what was spent must rise.", nameof(points));
        }

        Points = points;
    }

    /// <summary>The evaluations: what was spent and the loss then.</summary>
    public IReadOnlyList<(double Spent, double Loss)> Points { get; }

    /// <summary>What was spent in all.</summary>
    public double Spent => Points[^1].Spent;

    /// <summary>The loss at the end.</summary>
    public double FinalLoss => Points[^1].Loss;

    /// <summary>The evaluations of a training's log.</summary>
    /// <param name="records">The log.</param>
    /// <param name="evaluation">The name of the evaluation.</param>
    /// <param name="spent">What is spent, such as <c>record => record.Flops</c>; null means steps.</param>
    /// <exception cref="ArgumentException">The log has no evaluation of this name.</exception>
    public static TrainingCurve Of(IEnumerable<TrainingRecord> records, string evaluation, Func<TrainingRecord, double>? spent = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(evaluation);
        return new([.. records.Where(record => record.Evaluation?.ContainsKey(evaluation) == true).Select(record => (spent?.Invoke(record) ?? record.Step, record.Evaluation![evaluation]))]);
    }
}
