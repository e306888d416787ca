using Vilfredo.Optimization.GaussianProcesses;
using Vilfredo.Statistics;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>The probability that a value modelled by a Gaussian process is at most 0: a constraint, or an evaluation that works.</summary>
internal sealed class FeasibilityModel
{
    private const double LeastDistance = 1e-3;

    private readonly GaussianProcess process;
    private readonly PointPosterior posterior;
    private readonly double[] coefficients;

    private FeasibilityModel(GaussianProcess process)
    {
        this.process = process;
        posterior = new(process.System);
        coefficients = new double[process.Count];
    }

    /// <summary>The model of a constraint, or none when no point violates it.</summary>
    public static FeasibilityModel? OfConstraint(DecisionSpace space, double[] decisions, double[] values)
    {
        if (!Array.Exists(values, v => v > 0)) return null;
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(1).ToArray();
        var (least, largest) = (finite.Min(), Math.Max(finite.Max(), double.Epsilon));
        var bounded = Array.ConvertAll(values, v => Math.Clamp(v, least, largest));
        // Where a violation is all that is known, satisfied points look alike at 0; they are put as far below as violations are above.
        if (least == 0)
        {
            var below = -Descriptive.Median(bounded.Where(v => v > 0).ToArray());
            bounded = Array.ConvertAll(bounded, v => v > 0 ? v : below);
        }

        return new(GaussianProcess.Fit(space, decisions, bounded));
    }

    /// <summary>The model of failures, or none when no evaluation failed.</summary>
    /// <remarks>
    /// The process learns the distance to the nearest point of the other outcome, negative for evaluations that worked: unlike
    /// the outcomes themselves it has no jump, which would make length scales short and the model forget its points soon.
    /// </remarks>
    public static FeasibilityModel? OfFailures(DecisionSpace space, double[] decisions, bool[] failed)
    {
        if (Array.IndexOf(failed, true) < 0) return null;
        var scaling = new InputScaling(space);
        var unit = new double[decisions.Length];
        scaling.ToUnit(decisions, unit);
        var d = space.Count;
        var signed = new double[failed.Length];
        for (var i = 0; i < failed.Length; i++)
        {
            var least = (double)d;
            for (var k = 0; k < failed.Length; k++)
            {
                if (failed[k] == failed[i]) continue;
                var square = 0.0;
                for (var j = 0; j < d; j++)
                {
                    var difference = unit[i * d + j] - unit[k * d + j];
                    square += scaling.IsCategorical[j] ? (difference == 0 ? 0 : 1) : difference * difference;
                }

                least = Math.Min(least, square);
            }

            signed[i] = (failed[i] ? 1 : -1) * Math.Max(Math.Sqrt(least), LeastDistance);
        }

        return new(GaussianProcess.Fit(space, decisions, signed));
    }

    /// <summary>The logarithm of the probability; its gradient is added to <paramref name="gradient"/> unless that is empty.</summary>
    public double LogProbability(ReadOnlySpan<double> unit, Span<double> gradient)
    {
        posterior.MoveTo(unit);
        var deviation = Math.Sqrt(posterior.Variance + process.Parameters.NoiseVariance + 1e-12);
        var mean = posterior.Mean(process.Coefficients) + process.Offset / process.Scale;
        var z = -mean / deviation;
        var result = NormalLogarithms.LogCdf(z, out var slope);
        if (!gradient.IsEmpty)
        {
            var byMean = -slope / deviation;
            var byVariance = -slope * z / (2 * deviation * deviation);
            for (var i = 0; i < coefficients.Length; i++) coefficients[i] = byMean * process.Coefficients[i];
            posterior.AddGradient(coefficients, byVariance, gradient);
        }

        return result;
    }
}
