namespace Vilfredo.Indicators;

/// <summary>The argument checks that the indicators share.</summary>
internal static class IndicatorArguments
{
    /// <summary>Checks an approximation and a reference set, which must not be empty; returns the number of points.</summary>
    public static int Validate(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, int objectives)
    {
        var count = PointMatrix.Validate(points, objectives);
        if (PointMatrix.Validate(reference, objectives, nameof(reference)) == 0)
        {
            throw new ArgumentException(
                "The reference set is empty; give at least one point of the true or best known front.", nameof(reference));
        }

        return count;
    }

    /// <summary>Refuses infinite values, between which no distance is defined.</summary>
    public static void ValidateFinite(ReadOnlySpan<double> points, int objectives, string parameter)
    {
        for (var i = 0; i < points.Length; i++)
        {
            if (!double.IsFinite(points[i]))
            {
                throw new ArgumentException(
                    $"{parameter}: value {i % objectives} of point {i / objectives} is {points[i]}; distances between points "
                    + "need finite values. Remove the point.",
                    parameter);
            }
        }
    }
}
