namespace Vilfredo.Optimization.Problems;

/// <summary>One of the 55 problems of the bbob-biobj suite: two functions of BBOB as two objectives.</summary>
/// <remarks>
/// <para>Pairs of the functions 1, 2, 6, 8, 13, 14, 15, 17, 20 and 21, each with each and with itself, in lexicographic order. The ideal point has the smallest value of each function, the nadir point
/// the value of each at the optimum of the other. The front is known for the pair of two spheres only: their Pareto set is the line between the optima.</para>
/// <para>Source: T. Tusar, D. Brockhoff, N. Hansen, A. Auger, "COCO: the bi-objective black box optimization benchmarking (bbob-biobj) test suite", arXiv:1604.00359, 2016. Instances 1 to 15 are
/// those of the COCO platform; of further ones it draws functions anew until their optima lie apart, which is left out here.</para>
/// </remarks>
public sealed class BbobPair : TestProblem
{
    /// <summary>The number of pairs.</summary>
    public const int PairCount = 55;

    private const double Region = 100; // the suite's region of interest

    private static readonly int[] Selected = [1, 2, 6, 8, 13, 14, 15, 17, 20, 21];

    // Of the suite's instances 1 to 15: the instances of its two functions.
    private static readonly (int First, int Second)[] Instances =
    [
        (2, 4), (3, 5), (7, 8), (9, 10), (11, 12), (13, 14), (15, 16), (17, 18), (19, 21), (21, 22), (23, 24), (25, 26), (27, 28), (29, 30), (31, 34),
    ];

    /// <summary>Creates a problem.</summary>
    /// <param name="pair">The number of the pair, from 1 (two spheres) to 55 (Gallagher's peaks twice).</param>
    /// <param name="variables">The number of variables, at least 2; the suite has 2, 3, 5, 10, 20 and 40.</param>
    /// <param name="instance">The instance of the suite, from 1 to 15.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public BbobPair(int pair, int variables = 5, int instance = 1)
        : this(pair, Functions(pair, variables, instance))
    {
    }

    private BbobPair(int pair, (BbobFunction First, BbobFunction Second) functions)
        : base(
            $"BBOB-biobj{pair}",
            "T. Tusar, D. Brockhoff, N. Hansen, A. Auger, \"COCO: the bi-objective black box optimization benchmarking (bbob-biobj) test suite\", arXiv:1604.00359, 2016",
            DecisionSpace.Continuous(functions.First.VariableCount, -Region, Region),
            objectives: 2)
    {
        (First, Second) = functions;
        IdealPoint = [First.OptimumValue, Second.OptimumValue];
        NadirPoint = [First.Evaluate([.. Second.Optimum]), Second.Evaluate([.. First.Optimum])];
        HasKnownFront = pair == 1;
    }

    /// <summary>The function that is the first objective.</summary>
    public BbobFunction First { get; }

    /// <summary>The function that is the second objective.</summary>
    public BbobFunction Second { get; }

    /// <inheritdoc/>
    public override bool HasKnownFront { get; }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        f[0] = First.Evaluate(x);
        f[1] = Second.Evaluate(x);
    }

    private protected override double[] Front(int count)
    {
        var front = new double[2 * count];
        var x = new double[Space.Count];
        for (var i = 0; i < count; i++)
        {
            var share = (double)i / (count - 1);
            for (var j = 0; j < x.Length; j++) x[j] = (1 - share) * First.Optimum[j] + share * Second.Optimum[j];
            EvaluatePoint(x, front.AsSpan(2 * i, 2), []);
        }

        return front;
    }

    private static (BbobFunction First, BbobFunction Second) Functions(int pair, int variables, int instance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pair, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pair, PairCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(instance, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(instance, Instances.Length);
        var (row, rest) = (0, pair - 1);
        while (rest >= Selected.Length - row) rest -= Selected.Length - row++;
        var (first, second) = Instances[instance - 1];
        return (new(Selected[row], variables, first), new(Selected[row + rest], variables, second));
    }
}
