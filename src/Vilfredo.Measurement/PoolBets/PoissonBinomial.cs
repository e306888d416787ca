namespace Vilfredo.Measurement.PoolBets;

/// <summary>The number of successes among independent trials with unequal probabilities.</summary>
/// <remarks>
/// The recursion d'[k] = d[k](1 − p) + d[k − 1] p adds only positive terms, so that every probability keeps nearly full relative
/// precision, the tails included; O(n²), 10,000 trials take well under a second. <see cref="LogProbability"/> runs it on logarithms
/// for tails below the range of a double. (A Fourier transform is faster for long lists but loses the tails.)
/// </remarks>
public sealed class PoissonBinomial
{
    private readonly double[] probabilities;
    private readonly double[] distribution;
    private double[]? logarithms;

    /// <summary>Creates the distribution.</summary>
    /// <param name="probabilities">Each trial's chance of success, in [0, 1]; none gives the constant 0.</param>
    /// <exception cref="ArgumentException">A number is not a probability.</exception>
    public PoissonBinomial(params ReadOnlySpan<double> probabilities)
    {
        foreach (var p in probabilities)
        {
            if (!(p is >= 0 and <= 1)) throw new ArgumentException($"{p} is not a probability; each lies in [0, 1].", nameof(probabilities));
            Mean += p;
            Variance += p * (1 - p);
        }

        this.probabilities = probabilities.ToArray();
        distribution = new double[probabilities.Length + 1];
        Fill(probabilities, distribution);
    }

    /// <summary>n.</summary>
    public int Trials => probabilities.Length;

    /// <summary>The mean, Σ p.</summary>
    public double Mean { get; }

    /// <summary>The variance, Σ p (1 − p).</summary>
    public double Variance { get; }

    /// <summary>P(K = k) for k = 0 … n.</summary>
    public IReadOnlyList<double> Distribution => distribution;

    /// <summary>P(K = k); 0 outside [0, n].</summary>
    public double Probability(int successes) => successes < 0 || successes > Trials ? 0 : distribution[successes];

    /// <summary>P(K ≥ k), summed from the small end.</summary>
    public double Tail(int minSuccesses)
    {
        if (minSuccesses <= 0) return 1;
        var sum = 0.0;
        for (var k = Trials; k >= minSuccesses; k--) sum += distribution[k];
        return Math.Min(1, sum);
    }

    /// <summary>log P(K = k), also where the probability itself is below the range of a double; −∞ where it is 0.</summary>
    public double LogProbability(int successes)
    {
        if (successes < 0 || successes > Trials) return double.NegativeInfinity;
        return (logarithms ??= Logarithms())[successes];
    }

    /// <summary>One draw of K.</summary>
    public int Sample(RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var successes = 0;
        foreach (var p in probabilities)
            if (random.NextBoolean(p)) successes++;
        return successes;
    }

    /// <summary>Fills P(K = 0 … n) without checks.</summary>
    internal static void Fill(ReadOnlySpan<double> probabilities, Span<double> distribution)
    {
        distribution[0] = 1;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var p = probabilities[i];
            distribution[i + 1] = distribution[i] * p;
            for (var k = i; k > 0; k--) distribution[k] = distribution[k] * (1 - p) + distribution[k - 1] * p;
            distribution[0] *= 1 - p;
        }
    }

    private double[] Logarithms()
    {
        var logs = new double[Trials + 1];
        Array.Fill(logs, double.NegativeInfinity);
        logs[0] = 0;
        for (var i = 0; i < Trials; i++)
        {
            var (hit, miss) = (Math.Log(probabilities[i]), Hypergeometric.LogOnePlus(-probabilities[i]));
            for (var k = i + 1; k > 0; k--) logs[k] = LogSum(logs[k] + miss, logs[k - 1] + hit);
            logs[0] += miss;
        }

        return logs;
    }

    private static double LogSum(double a, double b)
    {
        if (a < b) (a, b) = (b, a);
        return double.IsNegativeInfinity(b) ? a : a + Hypergeometric.LogOnePlus(Math.Exp(b - a));
    }
}
