using Vilfredo.Indicators;

namespace Vilfredo.Optimization;

/// <summary>Watches a run for target values, a hypervolume, and a hypervolume that stands still.</summary>
/// <remarks>Infinite values take no part in hypervolumes. O(points kept) per evaluated point, see <see cref="IncrementalHypervolume"/>.</remarks>
internal sealed class ConvergenceWatch
{
    private const double Margin = 0.1;

    private readonly Termination termination;
    private readonly int objectiveCount;
    private readonly IncrementalHypervolume? towardsTarget;
    private readonly List<double> history = [];
    private IncrementalHypervolume? growing;
    private bool targetIsMet;

    /// <exception cref="ArgumentException">A value has not one number per objective, or makes no sense.</exception>
    public ConvergenceWatch(Termination termination, int objectiveCount)
    {
        this.termination = termination;
        this.objectiveCount = objectiveCount;
        if (termination.Target is { } target && (target.Count != objectiveCount || target.Any(value => double.IsNaN(value) || double.IsNegativeInfinity(value))))
            throw new ArgumentException($"Target is ({string.Join(", ", target)}); give one value per objective ({objectiveCount}), positive infinity for one that does not matter.");
        if (termination.Hypervolume is { } hypervolume)
        {
            if (!(hypervolume.AtLeast > 0 && double.IsFinite(hypervolume.AtLeast)))
                throw new ArgumentException(FormattableString.Invariant($"The hypervolume to reach is {hypervolume.AtLeast}; it must be a finite number above 0."));
            towardsTarget = new(objectiveCount, [.. hypervolume.ReferencePoint]);
        }

        if (termination.Stagnation is not { } stagnation) return;
        if (stagnation.Generations < 1) throw new ArgumentException($"Stagnation is over {stagnation.Generations} generations; it must be at least 1.");
        if (!(stagnation.Tolerance is >= 0 and < 1))
            throw new ArgumentException(FormattableString.Invariant($"The tolerance of the stagnation is {stagnation.Tolerance}; it must be at least 0 and below 1."));
        if (stagnation.ReferencePoint is { } reference) growing = new(objectiveCount, [.. reference]);
    }

    /// <summary>Takes a batch of evaluated points.</summary>
    public void Add(ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints, int constraintCount)
    {
        var count = objectives.Length / objectiveCount;
        if (termination.Stagnation is not null) growing ??= FirstScale(objectives, constraints, constraintCount);
        for (var i = 0; i < count; i++)
        {
            if (Population.ViolationOf(constraints.Slice(i * constraintCount, constraintCount)) > 0) continue;
            var values = objectives.Slice(i * objectiveCount, objectiveCount);
            targetIsMet |= termination.Target is not null && Meets(values);
            if (values.Contains(double.NegativeInfinity)) continue;
            towardsTarget?.Add(values);
            growing?.Add(values);
        }

        if (growing is not null) history.Add(growing.Value);
    }

    /// <summary>Which of the limits is reached, if one is.</summary>
    public StopReason? Reached()
    {
        if (targetIsMet || (termination.Hypervolume is { } goal && towardsTarget!.Value >= goal.AtLeast)) return StopReason.Target;
        if (termination.Stagnation is not { } stagnation || history.Count <= stagnation.Generations) return null;
        var before = history[^(stagnation.Generations + 1)];
        return before > 0 && history[^1] - before <= stagnation.Tolerance * history[^1] ? StopReason.Stagnation : null;
    }

    private bool Meets(ReadOnlySpan<double> values)
    {
        for (var k = 0; k < values.Length; k++)
        {
            if (values[k] > termination.Target![k]) return false;
        }

        return true;
    }

    private IncrementalHypervolume? FirstScale(ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints, int constraintCount)
    {
        var (best, worst) = (new double[objectiveCount], new double[objectiveCount]);
        Array.Fill(best, double.PositiveInfinity);
        Array.Fill(worst, double.NegativeInfinity);
        for (var i = 0; i < objectives.Length / objectiveCount; i++)
        {
            if (Population.ViolationOf(constraints.Slice(i * constraintCount, constraintCount)) > 0) continue;
            for (var k = 0; k < objectiveCount; k++)
            {
                var value = objectives[i * objectiveCount + k];
                if (double.IsFinite(value)) (best[k], worst[k]) = (Math.Min(best[k], value), Math.Max(worst[k], value));
            }
        }

        if (Array.Exists(worst, double.IsNegativeInfinity)) return null;
        // An objective that is the same in all points so far gets a margin of its own size.
        for (var k = 0; k < objectiveCount; k++)
            worst[k] += Margin * (worst[k] > best[k] ? worst[k] - best[k] : Math.Max(1, Math.Abs(worst[k])));
        return new(objectiveCount, worst);
    }
}
