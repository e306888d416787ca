namespace Vilfredo.Optimization;

/// <summary>A problem made of a function that evaluates one point.</summary>
public sealed class FunctionProblem : IProblem
{
    private readonly PointEvaluation evaluation;

    /// <summary>Creates a problem.</summary>
    /// <param name="name">The name under which results are reported.</param>
    /// <param name="space">The variables.</param>
    /// <param name="objectiveCount">The number of objectives, at least 1.</param>
    /// <param name="evaluation">The function.</param>
    /// <param name="constraintCount">The number of constraints, at least 0.</param>
    /// <exception cref="ArgumentException">The name is empty or a count is out of range.</exception>
    public FunctionProblem(string name, DecisionSpace space, int objectiveCount, PointEvaluation evaluation, int constraintCount = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(constraintCount);
        Name = name;
        Space = space;
        ObjectiveCount = objectiveCount;
        ConstraintCount = constraintCount;
        this.evaluation = evaluation;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public DecisionSpace Space { get; }

    /// <inheritdoc/>
    public int ObjectiveCount { get; }

    /// <inheritdoc/>
    public int ConstraintCount { get; }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> decisions, int count, Span<double> objectives, Span<double> constraints)
    {
        Evaluation.CheckShape(this, decisions, count, objectives, constraints);
        var (n, m, k) = (Space.Count, ObjectiveCount, ConstraintCount);
        for (var i = 0; i < count; i++)
            evaluation(decisions.Slice(i * n, n), objectives.Slice(i * m, m), constraints.Slice(i * k, k));
    }
}
