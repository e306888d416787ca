namespace Vilfredo.Optimization.Gradients.Descents;

/// <summary>The units in which paths see objectives: the ranges of the values of the first starts.</summary>
internal sealed class ObjectiveUnits
{
    private readonly double[] units;
    private bool isKnown;

    /// <summary>Units of 1, until the first starts are known.</summary>
    public ObjectiveUnits(int objectives, bool normalize)
    {
        units = new double[objectives];
        Array.Fill(units, 1);
        isKnown = !normalize;
    }

    /// <summary>Takes note of the values of a round; only the first, which holds the first starts, counts.</summary>
    public void See(IReadOnlyList<DescentResult?> results)
    {
        if (isKnown) return;
        isKnown = true;
        for (var j = 0; j < units.Length; j++)
        {
            var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var result in results)
            {
                if (result is null) continue;
                least = Math.Min(least, result.Values[j]);
                most = Math.Max(most, result.Values[j]);
            }

            if (most > least && double.IsFinite(most - least)) units[j] = most - least;
        }
    }

    /// <summary>The size of an objective's unit.</summary>
    public double Of(int objective) => units[objective];
}
