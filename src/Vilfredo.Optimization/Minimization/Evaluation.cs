namespace Vilfredo.Optimization;

/// <summary>What every evaluation of many points checks.</summary>
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

    private static void Check(int length, int count, int width, string columns, string parameter)
    {
        if (length != (long)count * width)
        {
            throw new ArgumentException(
                $"{parameter} holds {length} values; {count} points with {width} {columns} need {(long)count * width}.", parameter);
        }
    }
}
