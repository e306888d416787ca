namespace Vilfredo.Statistics;

/// <summary>
/// The distribution functions that the tests and intervals here stand on: normal, gamma, beta, and the chi-squared, F,
/// Student, studentized-range and Kolmogorov distributions made from them.
/// </summary>
/// <remarks>
/// The normal distribution has 14 correct digits in both tails. The other tails agree with their closed forms to 11 digits or
/// better; those of the chi-squared and F distributions are computed directly (never as one minus the other tail), so small
/// p-values keep their digits. NaN in gives NaN out.
/// </remarks>
public static class SpecialFunctions
{
    private const double SqrtTwoPi = 2.5066282746310005024;
    private const double HalfLogTwoPi = 0.91893853320467274178;

    // Chebyshev coefficients of exp(x^2 / 2) P(Z > x) / t in t = 4 / (4 + x), x >= 0. Computed with 60 digits from the series and the continued fraction of the normal tail.
    private static ReadOnlySpan<double> MillsCoefficients =>
    [
        0.4852256022830383, 0.18792720420989265, 0.05554838891881276, 0.012129438315111521, 0.0017314801240606202,
        8.014961859953749e-05, -2.5136847908026697e-05, -4.725842254926741e-06, 2.5258922136865774e-07,
        1.536333687349456e-07, -8.452550300172939e-10, -5.171627015435708e-09, -2.8206509081173767e-11,
        1.9435038070971737e-10, -2.485356047851177e-12, -7.936207374645758e-12, 4.606201711176235e-13,
        3.2821541166777413e-13, -4.353840663163703e-14, -1.2268185079261061e-14, 3.232846081541394e-15,
        3.0451658804315853e-16, -2.0130368431552333e-16, 7.151235360654053e-18, 1.0142661060838386e-17,
    ];

    /// <summary>Density of the standard normal distribution.</summary>
    public static double NormalDensity(double x) => ExpMinusHalfSquare(x) / SqrtTwoPi;

    /// <summary>P(Z ≤ <paramref name="x"/>) of the standard normal distribution; relative error below 1e-14 in both tails.</summary>
    public static double NormalCdf(double x) => x > 0 ? 1 - NormalUpperTail(x) : NormalUpperTail(-x);

    /// <summary>P(Z &gt; <paramref name="x"/>) of the standard normal distribution; relative error below 1e-14 in both tails.</summary>
    public static double NormalSurvival(double x) => NormalCdf(-x);

    /// <summary>The value that a standard normal number stays below with probability <paramref name="probability"/>.</summary>
    /// <remarks>Acklam's rational approximation (relative error 1.2e-9), then one step of Newton's method.</remarks>
    /// <param name="probability">In [0, 1]; 0 and 1 give −∞ and +∞.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside [0, 1] or NaN.</exception>
    public static double NormalQuantile(double probability)
    {
        if (probability is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in [0, 1].");
        if (probability > 0.5) return -NormalQuantile(1 - probability);
        if (probability == 0) return double.NegativeInfinity;

        double x;
        if (probability < 0.02425)
        {
            var q = Math.Sqrt(-2 * Math.Log(probability));
            x = (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q - 2.549732539343734) * q
                + 4.374664141464968) * q + 2.938163982698783)
                / ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
        }
        else
        {
            var q = probability - 0.5;
            var r = q * q;
            x = (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239) * q
                / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
                + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1);
        }

        // Newton on the logarithm: in the far tail the density underflows while ln P(Z < x) does not.
        var mills = MillsRatio(-x);
        var logCdf = Math.Log(mills / SqrtTwoPi) - x * x / 2;
        return x - (logCdf - Math.Log(probability)) * mills;
    }

    /// <summary>The natural logarithm of the gamma function (Stirling's series after shifting the argument above 10).</summary>
    /// <param name="x">Positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is not positive.</exception>
    public static double LogGamma(double x)
    {
        if (x <= 0) throw new ArgumentOutOfRangeException(nameof(x), x, "The logarithm of gamma is defined here for positive numbers.");
        if (double.IsNaN(x)) return x;

        var product = 1.0;
        while (x < 10) product *= x++;
        return (x - 0.5) * Math.Log(x) - x + HalfLogTwoPi + StirlingTail(x) - Math.Log(product);
    }

    /// <summary>The lower regularized incomplete gamma function P(a, x) = γ(a, x) / Γ(a).</summary>
    /// <param name="a">Shape, positive.</param>
    /// <param name="x">At least 0; +∞ gives 1.</param>
    public static double RegularizedGammaP(double a, double x) => IncompleteGamma(a, x, upper: false);

    /// <summary>The upper regularized incomplete gamma function Q(a, x) = Γ(a, x) / Γ(a) = 1 − P(a, x).</summary>
    /// <param name="a">Shape, positive.</param>
    /// <param name="x">At least 0; +∞ gives 0.</param>
    public static double RegularizedGammaQ(double a, double x) => IncompleteGamma(a, x, upper: true);

    /// <summary>The regularized incomplete beta function I_x(a, b).</summary>
    /// <param name="a">First shape, positive.</param>
    /// <param name="b">Second shape, positive.</param>
    /// <param name="x">In [0, 1].</param>
    public static double RegularizedBeta(double a, double b, double x)
    {
        if (x is < 0 or > 1) throw new ArgumentOutOfRangeException(nameof(x), x, "The incomplete beta function takes x in [0, 1].");
        return IncompleteBeta(a, b, x, 1 - x);
    }

    /// <summary>P(X &gt; <paramref name="x"/>) of the chi-squared distribution.</summary>
    /// <param name="x">The statistic; below 0 gives 1.</param>
    /// <param name="degreesOfFreedom">Positive.</param>
    public static double ChiSquaredSurvival(double x, double degreesOfFreedom) =>
        x <= 0 ? 1 : RegularizedGammaQ(degreesOfFreedom / 2, x / 2);

    /// <summary>P(X &gt; <paramref name="x"/>) of Fisher and Snedecor's F distribution.</summary>
    /// <param name="x">The statistic; below 0 gives 1, +∞ gives 0.</param>
    /// <param name="numerator">Degrees of freedom of the numerator, positive.</param>
    /// <param name="denominator">Degrees of freedom of the denominator, positive.</param>
    public static double FisherSurvival(double x, double numerator, double denominator)
    {
        if (x <= 0) return 1;
        if (double.IsPositiveInfinity(x)) return 0;
        var scaled = numerator * x;
        return IncompleteBeta(denominator / 2, numerator / 2, denominator / (denominator + scaled), scaled / (denominator + scaled));
    }

    /// <summary>P(|T| &gt; |<paramref name="t"/>|) of Student's t distribution: the two-sided p-value of a t statistic.</summary>
    /// <param name="t">The statistic.</param>
    /// <param name="degreesOfFreedom">Positive.</param>
    public static double StudentTwoSided(double t, double degreesOfFreedom) => FisherSurvival(t * t, 1, degreesOfFreedom);

    /// <summary>
    /// P(R &gt; <paramref name="range"/>) where R is the range of <paramref name="groups"/> independent standard normal numbers
    /// (the studentized range with infinite degrees of freedom).
    /// </summary>
    /// <remarks>The integral k ∫ φ(z) (Φ(z) − Φ(z − r))^(k−1) dz by the trapezoidal rule, whose error here is below rounding.</remarks>
    /// <param name="range">At least 0.</param>
    /// <param name="groups">At least 2.</param>
    public static double StudentizedRangeSurvival(double range, int groups)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        if (range <= 0) return 1;

        const double Step = 0.0625;
        const double Reach = 9;
        double sum = 0;
        for (var z = -Reach; z <= Reach; z += Step)
            sum += NormalDensity(z) * Math.Pow(NormalCdf(z) - NormalCdf(z - range), groups - 1);
        return Math.Clamp(1 - groups * sum * Step, 0, 1);
    }

    /// <summary>The range that <see cref="StudentizedRangeSurvival"/> exceeds with probability <paramref name="probability"/>.</summary>
    /// <param name="probability">In (0, 1), the level of the test.</param>
    /// <param name="groups">At least 2.</param>
    public static double StudentizedRangeCriticalValue(double probability, int groups)
    {
        ThrowUnlessInsideUnit(probability);
        return Bisect(range => StudentizedRangeSurvival(range, groups) - probability, 0, 60);
    }

    /// <summary>P(K &gt; <paramref name="x"/>) of Kolmogorov's distribution, the largest absolute value of a Brownian bridge.</summary>
    public static double KolmogorovSurvival(double x)
    {
        if (x <= 0) return 1;
        if (x < 1)
        {
            // The theta-function form converges in a few terms where the alternating one does not.
            double cdf = 0;
            for (var k = 1; k <= 7; k += 2) cdf += Math.Exp(-k * k * Math.PI * Math.PI / (8 * x * x));
            return 1 - SqrtTwoPi / x * cdf;
        }

        double sum = 0;
        for (var k = 1; k <= 10; k++) sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * x * x);
        return sum;
    }

    /// <summary>The value that <see cref="KolmogorovSurvival"/> exceeds with probability <paramref name="probability"/>.</summary>
    /// <param name="probability">In (0, 1).</param>
    public static double KolmogorovCriticalValue(double probability)
    {
        ThrowUnlessInsideUnit(probability);
        return Bisect(x => KolmogorovSurvival(x) - probability, 0, 20);
    }

    // P(Z > x) for x >= 0.
    private static double NormalUpperTail(double x) => x > 39 ? 0 : MillsRatio(x) / SqrtTwoPi * ExpMinusHalfSquare(x);

    // P(Z > x) / density(x) for x >= 0, by Clenshaw's recurrence.
    private static double MillsRatio(double x)
    {
        var t = 4 / (4 + x);
        var twoU = 4 * t - 2;
        double next = 0, afterNext = 0;
        var coefficients = MillsCoefficients;
        for (var i = coefficients.Length - 1; i > 0; i--)
            (next, afterNext) = (twoU * next - afterNext + coefficients[i], next);
        return SqrtTwoPi * t * (twoU / 2 * next - afterNext + coefficients[0] / 2);
    }

    // exp(-x^2 / 2) with x split so that the square of the larger part is exact; a rounded x^2 would cost the tail its digits.
    private static double ExpMinusHalfSquare(double x)
    {
        if (!(Math.Abs(x) <= 39)) return double.IsNaN(x) ? x : 0;
        var coarse = Math.Truncate(x * 16) / 16;
        return Math.Exp(-coarse * coarse / 2) * Math.Exp(-(x - coarse) * (x + coarse) / 2);
    }

    // The part of ln Γ(x) beyond (x − 1/2) ln x − x + ln(2π)/2, for x >= 10: B(2k) / (2k (2k − 1) x^(2k−1)).
    private static double StirlingTail(double x)
    {
        var r = 1 / (x * x);
        return (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188
            - r * (691.0 / 360360 - r * (1.0 / 156))))))) / x;
    }

    // ln Γ(x + 1) − ((x + 1/2) ln x − x + ln(2π)/2), any x > 0.
    private static double StirlingError(double x) =>
        x >= 10 ? StirlingTail(x) : LogGamma(x + 1) - ((x + 0.5) * Math.Log(x) - x + HalfLogTwoPi);

    // x ln(x / m) + m − x, without cancellation near x = m (Loader, "Fast and accurate computation of binomial probabilities", 2000).
    private static double Deviance(double x, double m)
    {
        if (Math.Abs(x - m) >= 0.1 * (x + m)) return x * Math.Log(x / m) + m - x;

        var v = (x - m) / (x + m);
        var sum = (x - m) * v;
        var term = 2 * x * v;
        for (var j = 1; j < 1000; j++)
        {
            term *= v * v;
            var next = sum + term / (2 * j + 1);
            if (next == sum) break;
            sum = next;
        }

        return sum;
    }

    private static double IncompleteGamma(double a, double x, bool upper)
    {
        if (double.IsNaN(a) || double.IsNaN(x)) return double.NaN;
        if (a <= 0) throw new ArgumentOutOfRangeException(nameof(a), a, "The shape must be positive.");
        if (x < 0) throw new ArgumentOutOfRangeException(nameof(x), x, "The incomplete gamma function takes x of at least 0.");
        if (x == 0) return upper ? 1 : 0;
        if (double.IsPositiveInfinity(x)) return upper ? 0 : 1;

        // x^a e^-x / Γ(a + 1), the Poisson probability of a at mean x in saddle-point form.
        var factor = Math.Exp(-StirlingError(a) - Deviance(a, x)) / (SqrtTwoPi * Math.Sqrt(a));
        if (x < a + 1)
        {
            double term = 1, sum = 1;
            for (var n = 1; term > sum * 1e-17; n++)
            {
                term *= x / (a + n);
                sum += term;
            }

            return upper ? 1 - factor * sum : factor * sum;
        }

        // Legendre's continued fraction for the upper tail, evaluated by Lentz's method.
        var tail = factor * a * Lentz(x + 1 - a, n => -n * (n - a), n => x + 2 * n + 1 - a);
        return upper ? tail : 1 - tail;
    }

    // I_x(a, b) with both x and y = 1 − x given, so that neither loses digits.
    private static double IncompleteBeta(double a, double b, double x, double y)
    {
        if (double.IsNaN(a) || double.IsNaN(b) || double.IsNaN(x)) return double.NaN;
        if (a <= 0) throw new ArgumentOutOfRangeException(nameof(a), a, "The shape must be positive.");
        if (b <= 0) throw new ArgumentOutOfRangeException(nameof(b), b, "The shape must be positive.");
        if (x <= 0) return 0;
        if (y <= 0) return 1;
        if (x > (a + 1) / (a + b + 2)) return 1 - IncompleteBeta(b, a, y, x);

        // x^a y^b / (a B(a, b)): saddle-point form of the binomial probability of a successes among n = a + b.
        var n = a + b;
        var logBinomial = StirlingError(n) - StirlingError(a) - StirlingError(b) - Deviance(a, n * x) - Deviance(b, n * y);
        var factor = Math.Exp(logBinomial) * Math.Sqrt(b / (a * n)) / SqrtTwoPi;

        double Numerator(int i)
        {
            var m = i / 2;
            return i % 2 == 0
                ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                : -(a + m) * (n + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        }

        return factor * Lentz(1, Numerator, _ => 1);
    }

    // 1 / (first + a1 / (b1 + a2 / (b2 + ...))) by the modified Lentz method (Thompson and Barnett, 1986).
    private static double Lentz(double first, Func<int, double> numerator, Func<int, double> denominator)
    {
        const double Tiny = 1e-300;
        var c = 1 / Tiny;
        var d = 1 / first;
        var result = d;
        for (var n = 1; n < 100_000; n++)
        {
            var an = numerator(n);
            var bn = denominator(n);
            d = an * d + bn;
            d = 1 / (d == 0 ? Tiny : d);
            c = bn + an / c;
            if (c == 0) c = Tiny;
            var step = c * d;
            result *= step;
            if (Math.Abs(step - 1) < 2e-16) break;
        }

        return result;
    }

    // The zero of a decreasing function, to the last bit that bisection can tell.
    private static double Bisect(Func<double, double> decreasing, double low, double high)
    {
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            if (middle == low || middle == high) break;
            if (decreasing(middle) > 0) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private static void ThrowUnlessInsideUnit(double probability)
    {
        if (probability is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "The probability must lie strictly between 0 and 1.");
    }
}
