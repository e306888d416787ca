namespace Vilfredo.Optimization;

/// <summary>A multi-objective problem: variables, objectives to minimise, and constraints g(x) &lt;= 0.</summary>
public interface IProblem
{
    /// <summary>The name under which results are reported.</summary>
    string Name { get; }

    /// <summary>The variables and the constraint between them that every proposal satisfies.</summary>
    DecisionSpace Space { get; }

    /// <summary>The number of objectives, at least 1. All are minimised.</summary>
    int ObjectiveCount { get; }

    /// <summary>The number of constraint values, 0 when there are none. A value of 0 or less is satisfied.</summary>
    int ConstraintCount { get; }

    /// <summary>Evaluates many points at once.</summary>
    /// <param name="decisions"><paramref name="count"/> rows of one value per variable.</param>
    /// <param name="count">The number of points.</param>
    /// <param name="objectives">Receives <paramref name="count"/> rows of <see cref="ObjectiveCount"/> values.</param>
    /// <param name="constraints">Receives <paramref name="count"/> rows of <see cref="ConstraintCount"/> values; empty when there are none.</param>
    /// <exception cref="ArgumentException">A span does not have the stated shape.</exception>
    void Evaluate(ReadOnlySpan<double> decisions, int count, Span<double> objectives, Span<double> constraints);
}
