namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>Vectors of the learners of routers.</summary>
internal static class RouterVectors
{
    /// <summary>The sum of the products over the length of <paramref name="a"/>.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
