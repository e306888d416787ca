using Vilfredo.Statistics;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>Logarithms of normal probabilities and improvements that stay finite far out, with their slopes.</summary>
internal static class NormalLogarithms
{
    private const double Far = -8;

    /// <summary>log Phi(z) and its derivative.</summary>
    public static double LogCdf(double z, out double slope)
    {
        if (z > Far)
        {
            var probability = SpecialFunctions.NormalCdf(z);
            slope = SpecialFunctions.NormalDensity(z) / probability;
            return Math.Log(probability);
        }

        // Phi(z) = phi(z) / |z| (1 - 1/z^2 + 3/z^4 - ...)
        var inverse = 1 / (z * z);
        var series = 1 - inverse * (1 - 3 * inverse * (1 - 5 * inverse));
        slope = -z / series;
        return LogDensity(z) - Math.Log(-z) + Math.Log(series);
    }

    /// <summary>log(phi(z) + z Phi(z)), the logarithm of the expected improvement of unit deviation, and its derivative.</summary>
    public static double LogImprovement(double z, out double slope)
    {
        if (z > Far)
        {
            var probability = SpecialFunctions.NormalCdf(z);
            var improvement = SpecialFunctions.NormalDensity(z) + z * probability;
            slope = probability / improvement;
            return Math.Log(improvement);
        }

        // phi(z) / z^2 (1 - 3/z^2 + 15/z^4 - ...)
        var inverse = 1 / (z * z);
        var series = 1 - 3 * inverse * (1 - 5 * inverse * (1 - 7 * inverse));
        slope = -z * (1 - inverse * (1 - 3 * inverse * (1 - 5 * inverse))) / series;
        return LogDensity(z) - 2 * Math.Log(-z) + Math.Log(series);
    }

    private static double LogDensity(double z) => -0.5 * z * z - 0.5 * Math.Log(2 * Math.PI);
}
