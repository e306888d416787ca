namespace Vilfredo.Optimization.Gradients.Descents;

/// <summary>The units in which paths see objectives: the ranges of the values of the first starts, and losses from the best values of all points.</summary>
internal sealed class ObjectiveUnits(int objectives, bool normalize)
{
    private readonly double[] least = Filled(objectives, double.PositiveInfinity);
    private readonly double[] units = Filled(objectives, 1);
    private readonly double[] origin = new double[objectives];
    private bool known;

    /// <summary>Takes note of the values of a round; the first one holds the first starts.</summary>
    public void See(IReadOnlyList<DescentResult?> results)
    {
        if (!normalize) return;
        for (var j = 0; j < objectives; j++)
        {
            var most = double.NegativeInfinity;
            foreach (var result in results)
            {
                if (result is null) continue;
                least[j] = Math.Min(least[j], result.Values[j]);
                most = Math.Max(most, result.Values[j]);
            }

            if (double.IsFinite(least[j])) origin[j] = least[j];
            if (!known && most > least[j] && double.IsFinite(most - least[j])) units[j] = most - least[j];
        }

        known = true;
    }

    /// <summary>The size of an objective's unit.</summary>
    public double Of(int objective) => units[objective];

    /// <summary>A loss of at least 0.</summary>
    public double Loss(int objective, double value) => Math.Max(0, (value - origin[objective]) / units[objective]);

    private static double[] Filled(int count, double value)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}
