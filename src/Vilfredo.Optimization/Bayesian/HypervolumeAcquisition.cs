using Vilfredo.Optimization.GaussianProcesses;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>The logarithm of the exact expected hypervolume improvement over the front as measured.</summary>
internal sealed class HypervolumeAcquisition : IAcquisition
{
    // Keeps the logarithm finite where nothing is to be gained.
    private const double Least = 1e-200;

    private readonly ExpectedHypervolumeImprovement improvement;
    private readonly GaussianProcess[] processes;
    private readonly PointPosterior[] posteriors;
    private readonly double[][] coefficients;

    /// <summary>Creates the function.</summary>
    /// <param name="models">The models of what has been told.</param>
    /// <param name="pending">Rows of points under evaluation: they are taken to give the predicted means.</param>
    public HypervolumeAcquisition(Surrogates models, ReadOnlySpan<double> pending)
    {
        var k = models.Objectives;
        processes = new GaussianProcess[k];
        for (var j = 0; j < k; j++) processes[j] = models.Processes[j].Believing(pending);
        var count = pending.IsEmpty ? 0 : processes[0].Count - models.Processes[0].Count;
        var front = new double[models.Front.Length + count * k];
        models.Front.CopyTo(front, 0);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < k; j++) front[models.Front.Length + i * k + j] = processes[j].Targets[models.Processes[j].Count + i];
        }

        improvement = new(front, k, models.Reference);
        posteriors = Array.ConvertAll(processes, p => new PointPosterior(p.System));
        coefficients = Array.ConvertAll(processes, p => new double[p.Count]);
    }

    public double Evaluate(ReadOnlySpan<double> unit, Span<double> gradient)
    {
        var k = processes.Length;
        Span<double> means = stackalloc double[k], deviations = stackalloc double[k], byMean = stackalloc double[k], byDeviation = stackalloc double[k];
        for (var j = 0; j < k; j++)
        {
            posteriors[j].MoveTo(unit);
            means[j] = posteriors[j].Mean(processes[j].Coefficients);
            deviations[j] = Math.Sqrt(posteriors[j].Variance + 1e-14);
        }

        if (gradient.IsEmpty) return Math.Log(improvement.Evaluate(means, deviations, [], []) + Least);
        var value = improvement.Evaluate(means, deviations, byMean, byDeviation) + Least;
        gradient.Clear();
        for (var j = 0; j < k; j++)
        {
            var factor = byMean[j] / value;
            for (var i = 0; i < coefficients[j].Length; i++) coefficients[j][i] = factor * processes[j].Coefficients[i];
            posteriors[j].AddGradient(coefficients[j], byDeviation[j] / value / (2 * deviations[j]), gradient);
        }

        return Math.Log(value);
    }
}
