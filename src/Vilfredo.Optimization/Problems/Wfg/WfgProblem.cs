namespace Vilfredo.Optimization.Problems;

/// <summary>
/// The family WFG, for any number of objectives M: k position variables and l distance variables, the i-th in [0, 2i], are
/// transformed to M - 1 positions on the front and a distance from it; objective m has the range [0, 2m] on the front.
/// </summary>
public abstract class WfgProblem : TestProblem
{
    /// <summary>The normalized value of distance variables on the Pareto set, where they do not depend on others.</summary>
    private protected const double Optimum = 0.35;

    private const int StackLimit = 256;

    private protected WfgProblem(int number, int objectives, int? positions, int distances, bool pairedDistances = false)
        : base(
            $"WFG{number}",
            "S. Huband, P. Hingston, L. Barone, L. While, \"A review of multiobjective test problems and a scalable test problem toolkit\", IEEE Transactions on Evolutionary Computation 10(5), 2006",
            CreateSpace(objectives, positions ?? DefaultPositions(objectives), distances, pairedDistances),
            objectives)
    {
        PositionCount = positions ?? DefaultPositions(objectives);
        if (!HasKnownFront) return;
        IdealPoint = new double[objectives];
        NadirPoint = [.. Enumerable.Range(1, objectives).Select(m => 2.0 * m)];
    }

    /// <summary>k, the number of variables that give the position on the front; the others give the distance from it.</summary>
    public int PositionCount { get; }

    /// <summary>A point of the Pareto set.</summary>
    /// <param name="positions">A number in [0, 1] for each position variable, its share of the variable's range.</param>
    /// <returns>The decisions: these positions, and the distance variables that belong to them.</returns>
    /// <remarks>
    /// All points of the Pareto set are of this form. The reverse holds too except for WFG2, where only parts are optimal
    /// (see <see cref="TestProblem.SampleFront"/>), and WFG3 with more than two objectives.
    /// </remarks>
    /// <exception cref="ArgumentException">There are not <see cref="PositionCount"/> numbers, or one is outside [0, 1].</exception>
    public double[] Optimal(ReadOnlySpan<double> positions)
    {
        if (positions.Length != PositionCount)
            throw new ArgumentException($"{Name} has {PositionCount} position variables; {positions.Length} were given.", nameof(positions));
        var decisions = new double[Space.Count];
        for (var i = 0; i < positions.Length; i++)
        {
            if (!(positions[i] >= 0 && positions[i] <= 1))
                throw new ArgumentException($"Position {i} is {positions[i]}; positions are shares in [0, 1].", nameof(positions));
            decisions[i] = positions[i];
        }

        CompleteOptimal(decisions);
        for (var i = 0; i < decisions.Length; i++) decisions[i] *= 2 * (i + 1);
        return decisions;
    }

    /// <summary>Writes the optimal distance values behind the positions, all as shares of the variables' ranges.</summary>
    private protected virtual void CompleteOptimal(Span<double> y) => y[PositionCount..].Fill(Optimum);

    /// <summary>Turns normalized values (which may be overwritten) into M - 1 positions and the distance, all in [0, 1].</summary>
    private protected abstract void Transform(Span<double> y, Span<double> t);

    /// <summary>The shape of the front.</summary>
    private protected virtual void Shape(ReadOnlySpan<double> x, Span<double> h) => WfgShapes.Concave(x, h);

    /// <summary>Whether a position shrinks to the middle as the distance does: the constants A of the paper, 0 instead of 1.</summary>
    private protected virtual bool IsDegenerate(int position) => false;

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var y = x.Length <= StackLimit ? stackalloc double[StackLimit] : new double[x.Length];
        y = y[..x.Length];
        for (var i = 0; i < y.Length; i++) y[i] = x[i] / (2 * (i + 1));
        var t = f.Length <= StackLimit ? stackalloc double[StackLimit] : new double[f.Length];
        t = t[..f.Length];
        Transform(y, t);

        var distance = t[^1];
        for (var i = 0; i < t.Length - 1; i++)
        {
            if (IsDegenerate(i)) t[i] = distance * (t[i] - 0.5) + 0.5;
        }

        Shape(t[..^1], f);
        for (var m = 0; m < f.Length; m++) f[m] = distance + 2 * (m + 1) * f[m];
    }

    private protected override double[] Front(int count)
    {
        var front = SimplexPoints.Spread(count, ObjectiveCount);
        var positions = new double[ObjectiveCount - 1];
        for (var i = 0; i < count; i++)
        {
            var point = front.AsSpan(i * ObjectiveCount, ObjectiveCount);
            WfgShapes.PositionsOf(point, positions);
            positions[0] = OptimalPosition(positions[0]);
            Shape(positions, point);
            for (var m = 0; m < point.Length; m++) point[m] *= 2 * (m + 1);
        }

        return front;
    }

    /// <summary>Maps [0, 1] to the values of the first position that are on the front.</summary>
    private protected virtual double OptimalPosition(double share) => share;

    /// <summary>One mean per group of position variables, and that of the values from <paramref name="distances"/>.</summary>
    private protected void Means(ReadOnlySpan<double> y, ReadOnlySpan<double> distances, Span<double> t)
    {
        var group = PositionCount / (t.Length - 1);
        for (var i = 0; i < t.Length - 1; i++) t[i] = WfgTransformations.Mean(y.Slice(i * group, group));
        t[^1] = WfgTransformations.Mean(distances);
    }

    /// <summary>As <see cref="Means"/>, with the non-separable reduction.</summary>
    private protected void NonSeparable(ReadOnlySpan<double> y, Span<double> t)
    {
        var group = PositionCount / (t.Length - 1);
        for (var i = 0; i < t.Length - 1; i++) t[i] = WfgTransformations.NonSeparable(y.Slice(i * group, group));
        t[^1] = WfgTransformations.NonSeparable(y[PositionCount..]);
    }

    /// <summary>The shift by which distance variables are 0 at <see cref="Optimum"/>.</summary>
    private protected void ShiftDistances(Span<double> y)
    {
        foreach (ref var value in y[PositionCount..]) value = WfgTransformations.Linear(value, Optimum);
    }

    private static int DefaultPositions(int objectives) => objectives == 2 ? 4 : 2 * (objectives - 1);

    private static DecisionSpace CreateSpace(int objectives, int positions, int distances, bool pairedDistances)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(positions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(distances, 1);
        if (positions % (objectives - 1) != 0)
        {
            throw new ArgumentException(
                $"There are {positions} position variables; give a multiple of {objectives - 1}, one less than objectives.", nameof(positions));
        }

        if (pairedDistances && distances % 2 != 0)
            throw new ArgumentException($"There are {distances} distance variables; give an even number, since they come in pairs.", nameof(distances));
        return new([.. Enumerable.Range(1, positions + distances).Select(i => Variable.Real($"z{i}", 0, 2 * i))]);
    }
}
