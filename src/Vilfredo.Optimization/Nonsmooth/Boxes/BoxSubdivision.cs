using Vilfredo.Sorting;

namespace Vilfredo.Optimization.Nonsmooth.Boxes;

/// <summary>
/// Whole sets by subdivision (M. Dellnitz, O. Schuetze and T. Hestermeyer, Covering Pareto sets by multilevel subdivision
/// techniques, Journal of Optimization Theory and Applications 124, 2005; with the nonsmooth descent of Gebken and Peitz). The
/// methods are reconstructions from descriptions of the papers.
/// </summary>
public static class BoxSubdivision
{
    private const int CornerDimensions = 6;

    /// <summary>
    /// Boxes around the Pareto-critical points of a root box: all boxes are halved, the points of each box take a few steps of
    /// common descent, and the boxes where they arrive are kept, with those that come within the level of a nearly critical arrival.
    /// </summary>
    /// <remarks>
    /// Nothing is proved about a finite depth: with few points or steps boxes can be lost, and some near the set stay. Locally
    /// minimal and saddle-like critical points are covered as well as Pareto points. Images outside the root box are clipped to it.
    /// </remarks>
    /// <param name="objectives">The objectives, at least one.</param>
    /// <param name="lower">n lower bounds.</param>
    /// <param name="upper">n upper bounds.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="random">Draws the random points; needed when the settings ask for any.</param>
    /// <param name="cancellation">Stops between boxes.</param>
    /// <exception cref="ArgumentException">A bound or setting is out of range.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static BoxCovering Critical(
        IReadOnlyList<ILipschitzObjective> objectives,
        ReadOnlySpan<double> lower,
        ReadOnlySpan<double> upper,
        BoxSubdivisionOptions? options = null,
        RandomGenerator? random = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        options ??= new BoxSubdivisionOptions();
        options.Validate();
        if (options.RandomPoints > 0 && random is null) throw new ArgumentException("Random points are asked for; give the random generator that draws them.", nameof(random));
        var covering = new BoxCovering(lower, upper);
        while (covering.Depth < options.Depth && covering.Count > 0)
        {
            covering = covering.Halve();
            var images = new List<double[]>();
            for (var box = 0; box < covering.Count; box++)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var position in Positions(covering.Dimension, options.RandomPoints, random))
                    images.AddRange(Images(objectives, covering, covering.Point(box, position), options));
            }

            covering = covering.Hit(images);
            if (options.Recover && covering.Depth % covering.Dimension == 0) covering = Recover(objectives, covering, options, cancellation);
        }

        return covering;
    }

    /// <summary>
    /// Boxes around the Pareto set of a root box by values alone: all boxes are halved, and a box is dropped when all its sample
    /// points are dominated by more than the margin.
    /// </summary>
    /// <remarks>
    /// With Lipschitz constants for the Euclidean norm and the centre as the only sample the result is proved to cover the global
    /// Pareto set: in a box of radius r no value is below the centre's by more than L r. Surrogates with an error bound add twice
    /// the bound to the margin.
    /// </remarks>
    /// <param name="evaluate">The objectives at a point, all minimised, finite.</param>
    /// <param name="lower">n lower bounds.</param>
    /// <param name="upper">n upper bounds.</param>
    /// <param name="options">The settings.</param>
    /// <param name="random">Draws the random points; needed when the settings ask for any.</param>
    /// <param name="cancellation">Stops between boxes.</param>
    /// <exception cref="ArgumentException">A bound or setting is out of range, or a value is not finite.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static BoxCovering Dominating(
        Func<double[], double[]> evaluate,
        ReadOnlySpan<double> lower,
        ReadOnlySpan<double> upper,
        BoxSamplingOptions options,
        RandomGenerator? random = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.RandomPoints > 0 && random is null) throw new ArgumentException("Random points are asked for; give the random generator that draws them.", nameof(random));
        var covering = new BoxCovering(lower, upper);
        var front = Array.Empty<double>();
        while (covering.Depth < options.Depth)
        {
            covering = covering.Halve();
            var values = new List<double[]>[covering.Count];
            for (var box = 0; box < values.Length; box++)
            {
                cancellation.ThrowIfCancellationRequested();
                values[box] = [Evaluate(evaluate, covering.Centre(box), options)];
                for (var i = 0; i < options.RandomPoints; i++) values[box].Add(Evaluate(evaluate, covering.Point(box, Inside(covering.Dimension, random!)), options));
            }

            // The values of boxes dropped earlier still dominate.
            var m = options.Margins.Count;
            double[] all = [.. front, .. values.SelectMany(list => list).SelectMany(point => point)];
            front = [.. NonDominatedFilter.Indices(all, m, keepDuplicates: false).SelectMany(i => all[(i * m)..((i + 1) * m)])];
            var margins = options.Margins.Select((margin, i) => margin + (options.Lipschitz?[i] ?? 0) * covering.Radius()).ToArray();
            covering = covering.Where(box => values[box].Exists(point => !Dominated(point, front, margins)));
        }

        return covering;
    }

    private static bool Dominated(double[] point, double[] front, double[] margins)
    {
        for (var start = 0; start < front.Length; start += point.Length)
        {
            var (below, strictly) = (true, false);
            for (var i = 0; i < point.Length && below; i++)
            {
                below = front[start + i] <= point[i] - margins[i];
                strictly |= front[start + i] < point[i] - margins[i];
            }

            if (below && strictly) return true;
        }

        return false;
    }

    private static double[] Evaluate(Func<double[], double[]> evaluate, double[] point, BoxSamplingOptions options)
    {
        var values = evaluate(point);
        if (values.Length != options.Margins.Count || !values.All(double.IsFinite))
            throw new ArgumentException($"The objectives at {string.Join(", ", point)} are {string.Join(", ", values)}; there must be as many as margins ({options.Margins.Count}), all finite.", nameof(evaluate));
        return values;
    }

    /// <summary>Adds boxes hit from the neighbours of those kept, until none is new.</summary>
    private static BoxCovering Recover(IReadOnlyList<ILipschitzObjective> objectives, BoxCovering covering, BoxSubdivisionOptions options, CancellationToken cancellation)
    {
        for (var (fresh, tried) = (covering, covering); fresh.Count > 0;)
        {
            var candidates = fresh.Neighbours().Except(tried);
            var images = new List<double[]>();
            for (var box = 0; box < candidates.Count; box++)
            {
                cancellation.ThrowIfCancellationRequested();
                images.AddRange(Images(objectives, covering, candidates.Centre(box), options));
            }

            fresh = covering.Hit(images).Except(covering);
            covering = covering.Union(fresh);
            tried = tried.Union(candidates).Union(fresh);
        }

        return covering;
    }

    /// <summary>The point where the descent arrives; when it is nearly critical, the corners of the cube where a critical point may be.</summary>
    private static IEnumerable<double[]> Images(IReadOnlyList<ILipschitzObjective> objectives, BoxCovering covering, double[] point, BoxSubdivisionOptions options)
    {
        var n = point.Length;
        var level = options.Level * Enumerable.Range(0, n).Min(covering.Side);
        var result = NonsmoothDescent.Minimize(objectives, point, new NonsmoothDescentOptions { Levels = [new CriticalityLevel(level, level)], MaximumSteps = options.Steps });
        yield return Clipped(covering, result.Point, 0, 0);
        for (var corner = 0; result.Critical && n <= CornerDimensions && corner < 1 << n; corner++) yield return Clipped(covering, result.Point, corner, level);
    }

    private static double[] Clipped(BoxCovering covering, IReadOnlyList<double> point, int corner, double reach)
    {
        var image = new double[point.Count];
        for (var j = 0; j < image.Length; j++) image[j] = Math.Clamp(point[j] + ((corner >> j & 1) == 1 ? reach : -reach), covering.Lower[j], covering.Upper[j]);
        return image;
    }

    private static IEnumerable<double[]> Positions(int n, int randomPoints, RandomGenerator? random)
    {
        var centre = new double[n];
        Array.Fill(centre, 0.5);
        yield return centre;
        for (var corner = 0; n <= CornerDimensions && corner < 1 << n; corner++)
        {
            // A little inside, so that a point counts for its own box.
            var position = new double[n];
            for (var j = 0; j < n; j++) position[j] = (corner >> j & 1) == 1 ? 1 - 1e-9 : 1e-9;
            yield return position;
        }

        for (var i = 0; i < randomPoints; i++) yield return Inside(n, random!);
    }

    private static double[] Inside(int n, RandomGenerator random)
    {
        var position = new double[n];
        for (var j = 0; j < n; j++) position[j] = random.NextDouble();
        return position;
    }
}
