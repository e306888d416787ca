using Vilfredo.Optimization.Evolutionary;

namespace Vilfredo.Optimization;

/// <summary>The checks of evaluated points at the public edge.</summary>
internal static class Evaluation
{
    public static void CheckShape(
        IProblem problem, ReadOnlySpan<double> decisions, int count, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Check(decisions.Length, count, problem.Space.Count, "variables", nameof(decisions));
        Check(objectives.Length, count, problem.ObjectiveCount, "objectives", nameof(objectives));
        Check(constraints.Length, count, problem.ConstraintCount, "constraints", nameof(constraints));
    }

    /// <summary>Checks the results told to an optimiser and returns the number of points.</summary>
    public static int ValidateTold(
        IOptimizer optimizer, ReadOnlySpan<double> decisions, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints)
    {
        var count = PointMatrix.Validate(objectives, optimizer.ObjectiveCount, nameof(objectives));
        Check(decisions.Length, count, optimizer.Space.Count, "variables", nameof(decisions));
        Check(constraints.Length, count, optimizer.ConstraintCount, "constraints", nameof(constraints));
        if (!constraints.IsEmpty) PointMatrix.Validate(constraints, optimizer.ConstraintCount, nameof(constraints));
        optimizer.Space.Validate(decisions);
        return count;
    }

    /// <summary>Checks that children have the shape of a generation, each with an index.</summary>
    public static void CheckChildren(IGeneration generation, Population children, ReadOnlySpan<long> indices)
    {
        CheckChildren(generation, children);
        if (indices.Length != children.Count)
            throw new ArgumentException($"There are {children.Count} children but {indices.Length} indices; give one for each.", nameof(indices));
    }

    /// <summary>Checks that children have the shape of a generation.</summary>
    public static void CheckChildren(IGeneration generation, Population children)
    {
        ArgumentNullException.ThrowIfNull(children);
        var parents = generation.Parents;
        if (children.VariableCount != parents.VariableCount
            || children.ObjectiveCount != parents.ObjectiveCount
            || children.ConstraintCount != parents.ConstraintCount)
        {
            throw new ArgumentException(
                $"The children have {children.VariableCount} variables, {children.ObjectiveCount} objectives and "
                + $"{children.ConstraintCount} constraints; this generation has {parents.VariableCount}, "
                + $"{parents.ObjectiveCount} and {parents.ConstraintCount}.",
                nameof(children));
        }
    }

    private static void Check(int length, int count, int width, string columns, string parameter)
    {
        if (length != (long)count * width)
        {
            throw new ArgumentException(
                $"{parameter} holds {length} values; {count} points with {width} {columns} need {(long)count * width}.", parameter);
        }
    }
}
