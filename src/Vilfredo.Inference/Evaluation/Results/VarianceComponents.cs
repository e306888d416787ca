namespace Vilfredo.Inference.Evaluation.Results;

/// <summary>How far problems differ, and how far the repeats of one problem do: the noise of the tasks and that of the model.</summary>
/// <remarks>The estimates of a one-way analysis of variance with problems as random effects (Searle, Casella and McCulloch, Variance Components, 1992, section 3.6), for equal numbers of repeats.</remarks>
/// <param name="Task">The variance between problems, at least 0.</param>
/// <param name="Model">The variance between the repeats of a problem.</param>
/// <param name="Problems">The problems.</param>
/// <param name="Repeats">The repeats of each.</param>
public sealed record VarianceComponents(double Task, double Model, int Problems, int Repeats)
{
    /// <summary>The standard error of the mean that this evaluation has.</summary>
    public double StandardError => StandardErrorWith(Problems, Repeats);

    /// <summary>The share of the variance of one answer that is the model's.</summary>
    public double ModelShare => Task + Model > 0 ? Model / (Task + Model) : 0;

    /// <summary>The standard error of the mean with other numbers: what more problems or more repeats would bring.</summary>
    /// <param name="problems">At least 1.</param>
    /// <param name="repeats">At least 1.</param>
    public double StandardErrorWith(int problems, int repeats) => Math.Sqrt((Task / problems) + (Model / ((double)problems * repeats)));

    /// <summary>Estimates the components.</summary>
    /// <param name="values">For each problem its repeats, as many for each.</param>
    /// <returns>Null when there are fewer than two problems or repeats.</returns>
    /// <exception cref="ArgumentException">Problems have different numbers of repeats.</exception>
    public static VarianceComponents? Of(IReadOnlyList<IReadOnlyList<double>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 2 || values[0].Count < 2)
            return null;
        var repeats = values[0].Count;
        if (values.Any(problem => problem.Count != repeats))
            throw new ArgumentException("Problems have different numbers of repeats; leave those out that are not complete.", nameof(values));
        double[] means = [.. values.Select(problem => problem.Average())];
        var mean = means.Average();
        var within = values.Zip(means).Sum(pair => pair.First.Sum(value => (value - pair.Second) * (value - pair.Second))) / (values.Count * (repeats - 1.0));
        var between = repeats * means.Sum(one => (one - mean) * (one - mean)) / (values.Count - 1.0);
        return new(Math.Max(0, (between - within) / repeats), within, values.Count, repeats);
    }
}
