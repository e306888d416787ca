namespace Vilfredo.Measurement.PoolBets;

/// <summary>A bookmaker's decimal odds of one match: what a winning stake of 1 is paid, the stake included.</summary>
public sealed class DecimalOdds
{
    private const int Bisections = 200;

    private readonly double[] odds;

    /// <summary>Creates the odds.</summary>
    /// <param name="odds">One per outcome, each above 1 and finite, at least two.</param>
    /// <exception cref="ArgumentException">There are fewer than two, or one is not above 1.</exception>
    public DecimalOdds(params ReadOnlySpan<double> odds)
    {
        if (odds.Length < 2) throw new ArgumentException($"{odds.Length} odds were given; a match has at least two outcomes.", nameof(odds));
        foreach (var o in odds)
        {
            if (!(o > 1 && double.IsFinite(o)))
                throw new ArgumentException($"{o} are no decimal odds, which are above 1 (2.5 pays two and a half times the stake).", nameof(odds));
        }

        this.odds = odds.ToArray();
    }

    /// <summary>The odds, outcome by outcome.</summary>
    public IReadOnlyList<double> Values => odds;

    /// <summary>Σ 1/odds: 1 for fair odds, above it by the bookmaker's margin.</summary>
    public double Overround => odds.Sum(o => 1 / o);

    /// <summary>The chances that the odds stand for.</summary>
    /// <param name="method">How the margin is taken out.</param>
    /// <exception cref="InvalidOperationException"><see cref="DevigMethod.Shin"/> was asked of odds with a sum of reciprocals below 1.</exception>
    public OutcomeProbabilities ToProbabilities(DevigMethod method = DevigMethod.Proportional)
    {
        var reciprocals = Array.ConvertAll(odds, o => 1 / o);
        return method switch
        {
            DevigMethod.Proportional => Normalised(reciprocals),
            DevigMethod.Power => Power(reciprocals),
            DevigMethod.Shin => Shin(reciprocals, Overround),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "This method is not known."),
        };
    }

    // Σ (1/o)^c falls from the number of outcomes to 0 as c grows, so the root is unique.
    private static OutcomeProbabilities Power(double[] reciprocals)
    {
        double Sum(double c) => reciprocals.Sum(r => Math.Pow(r, c));
        double low = 0, high = 1;
        while (Sum(high) > 1) (low, high) = (high, 2 * high);
        var exponent = Bisect(low, high, c => Sum(c) > 1);
        return Normalised(Array.ConvertAll(reciprocals, r => Math.Pow(r, exponent)));
    }

    private static OutcomeProbabilities Shin(double[] reciprocals, double overround)
    {
        if (overround < 1 - 1e-12)
        {
            throw new InvalidOperationException(
                $"The reciprocals of the odds sum to {overround:R}, below 1: there is no margin for Shin's model to explain. Use another method.");
        }

        double Chance(double r, double z) => (Math.Sqrt(z * z + 4 * (1 - z) * r * r / overround) - z) / (2 * (1 - z));
        var insiders = Bisect(0, 1, z => z < 1 && reciprocals.Sum(r => Chance(r, z)) > 1);
        return Normalised(Array.ConvertAll(reciprocals, r => Chance(r, insiders)));
    }

    private static double Bisect(double low, double high, Func<double, bool> isBelowRoot)
    {
        for (var i = 0; i < Bisections; i++)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) break;
            if (isBelowRoot(middle)) low = middle;
            else high = middle;
        }

        return low;
    }

    private static OutcomeProbabilities Normalised(double[] weights)
    {
        var sum = weights.Sum();
        return new OutcomeProbabilities(Array.ConvertAll(weights, w => w / sum));
    }
}
