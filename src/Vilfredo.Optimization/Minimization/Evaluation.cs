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

    private static void Check(int length, int count, int width, string columns, string parameter)
    {
        if (length != (long)count * width)
        {
            throw new ArgumentException(
                $"{parameter} holds {length} values; {count} points with {width} {columns} need {(long)count * width}.", parameter);
        }
    }
}
