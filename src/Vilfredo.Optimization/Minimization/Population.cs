using System.Runtime.InteropServices;

namespace Vilfredo.Optimization;

/// <summary>Evaluated points as a structure of arrays: one contiguous row-major matrix for each of their properties.</summary>
public sealed class Population
{
    private readonly List<double> decisions = [];
    private readonly List<double> objectives = [];
    private readonly List<double> constraints = [];
    private readonly List<double> violations = [];

    /// <summary>Creates an empty population.</summary>
    /// <param name="variableCount">Decision values per point, at least 1.</param>
    /// <param name="objectiveCount">Objective values per point, at least 1.</param>
    /// <param name="constraintCount">Constraint values per point, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public Population(int variableCount, int objectiveCount, int constraintCount = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(variableCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(constraintCount);
        VariableCount = variableCount;
        ObjectiveCount = objectiveCount;
        ConstraintCount = constraintCount;
    }

    /// <summary>Decision values per point.</summary>
    public int VariableCount { get; }

    /// <summary>Objective values per point.</summary>
    public int ObjectiveCount { get; }

    /// <summary>Constraint values per point.</summary>
    public int ConstraintCount { get; }

    /// <summary>The number of points.</summary>
    public int Count => violations.Count;

    /// <summary>The decisions, one row per point. Valid until the next change.</summary>
    public ReadOnlySpan<double> Decisions => CollectionsMarshal.AsSpan(decisions);

    /// <summary>The objective values, one row per point. Valid until the next change.</summary>
    public ReadOnlySpan<double> Objectives => CollectionsMarshal.AsSpan(objectives);

    /// <summary>The constraint values, one row per point. Valid until the next change.</summary>
    public ReadOnlySpan<double> Constraints => CollectionsMarshal.AsSpan(constraints);

    /// <summary>
    /// The overall constraint violation of each point: the sum of its positive constraint values, 0 when it is feasible.
    /// </summary>
    public ReadOnlySpan<double> Violations => CollectionsMarshal.AsSpan(violations);

    /// <summary>The decisions of one point.</summary>
    public ReadOnlySpan<double> DecisionsOf(int index) => Decisions.Slice(index * VariableCount, VariableCount);

    /// <summary>The objective values of one point.</summary>
    public ReadOnlySpan<double> ObjectivesOf(int index) => Objectives.Slice(index * ObjectiveCount, ObjectiveCount);

    /// <summary>The constraint values of one point.</summary>
    public ReadOnlySpan<double> ConstraintsOf(int index) => Constraints.Slice(index * ConstraintCount, ConstraintCount);

    /// <summary>Whether all constraints of a point are satisfied.</summary>
    public bool IsFeasible(int index) => violations[index] == 0;

    /// <summary>Adds points.</summary>
    /// <param name="decisions">One row per point.</param>
    /// <param name="objectives">One row per point.</param>
    /// <param name="constraints">One row per point; empty without constraints.</param>
    /// <exception cref="ArgumentException">The shapes do not agree or a value is NaN.</exception>
    public void Add(ReadOnlySpan<double> decisions, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints = default)
    {
        var count = Validate(decisions, objectives, constraints);
        this.decisions.AddRange(decisions);
        this.objectives.AddRange(objectives);
        this.constraints.AddRange(constraints);
        for (var i = 0; i < count; i++)
            violations.Add(ViolationOf(constraints.Slice(i * ConstraintCount, ConstraintCount)));
    }

    /// <summary>
    /// The feasible points that no other feasible point dominates, in their order, repeated objective values included; when
    /// no point is feasible, those with the smallest violation.
    /// </summary>
    /// <remarks>O(points^2 * objectives) in the worst case.</remarks>
    public Population NonDominated()
    {
        var archive = new ConstrainedArchive(VariableCount, ObjectiveCount, ConstraintCount);
        for (var i = 0; i < Count; i++) archive.Offer(DecisionsOf(i), ObjectivesOf(i), ConstraintsOf(i));
        return archive.Points;
    }

    /// <summary>An independent copy.</summary>
    public Population Copy()
    {
        var copy = new Population(VariableCount, ObjectiveCount, ConstraintCount);
        copy.decisions.AddRange(decisions);
        copy.objectives.AddRange(objectives);
        copy.constraints.AddRange(constraints);
        copy.violations.AddRange(violations);
        return copy;
    }

    internal static double ViolationOf(ReadOnlySpan<double> constraints)
    {
        var sum = 0.0;
        foreach (var value in constraints) sum += Math.Max(0, value);
        return sum;
    }

    /// <summary>Keeps the points for which <paramref name="keep"/> is true, in their order.</summary>
    internal void Filter(ReadOnlySpan<bool> keep)
    {
        Compact(decisions, VariableCount, keep);
        Compact(objectives, ObjectiveCount, keep);
        Compact(constraints, ConstraintCount, keep);
        Compact(violations, 1, keep);
    }

    private int Validate(ReadOnlySpan<double> decisions, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints)
    {
        var count = PointMatrix.Validate(objectives, ObjectiveCount, nameof(objectives));
        if (decisions.Length != count * VariableCount)
        {
            throw new ArgumentException(
                $"decisions hold {decisions.Length} values; {count} points with {VariableCount} variables need {count * VariableCount}.",
                nameof(decisions));
        }

        if (constraints.Length != count * ConstraintCount)
        {
            throw new ArgumentException(
                $"constraints hold {constraints.Length} values; {count} points with {ConstraintCount} constraints need {count * ConstraintCount}.",
                nameof(constraints));
        }

        PointMatrix.Validate(decisions, VariableCount, nameof(decisions));
        if (ConstraintCount > 0) PointMatrix.Validate(constraints, ConstraintCount, nameof(constraints));
        return count;
    }

    private static void Compact(List<double> values, int width, ReadOnlySpan<bool> keep)
    {
        var span = CollectionsMarshal.AsSpan(values);
        var kept = 0;
        for (var i = 0; i < keep.Length; i++)
        {
            if (keep[i]) span.Slice(i * width, width).CopyTo(span[(kept++ * width)..]);
        }

        CollectionsMarshal.SetCount(values, kept * width);
    }
}
