namespace Vilfredo.Optimization.Problems;

/// <summary>
/// The real-world suite: sixteen engineering designs, RE21 to RE91, in which the sum of all violations of limits is an objective of its
/// own, and eight of them, CRE21 to CRE51, with the limits as constraints. The first digit is the number of objectives.
/// </summary>
/// <remarks>
/// <para>Source: R. Tanabe, H. Ishibuchi, "An easy-to-use real-world multi-objective problem suite", Applied Soft Computing 89, 106078,
/// 2020, with the authors' corrections of 2021; the source of each design is with its formulas. Variables that
/// the suite rounds are integers here; one that it takes from a table is the number of the entry.</para>
/// <para>No true front is known. The ideal and nadir of RE problems are those that the authors published for their approximations
/// of the fronts (for RE21 the nadir of their corrected points, since the published file has that of earlier formulas); a search
/// may go beyond. Those of CRE problems are the best and worst values that long searches of our own found over feasible points
/// that none of them dominates (the benchmark <c>ranges</c>, see docs/problems.md): for two objectives to six digits and more; with three and five the nadir is less certain.</para>
/// </remarks>
public sealed class RealWorldProblem : TestProblem
{
    private static readonly Dictionary<string, (Func<EngineeringDesign> Create, bool IsConstrained, double[] Ideal, double[] Nadir)> Problems = new(StringComparer.OrdinalIgnoreCase)
    {
        ["RE21"] = (() => new FourBarTruss(), false, [1237.8414230005742, 0.002761423749158419], [2886.3695604236013, 0.04]),
        ["RE22"] = (() => new ReinforcedBeam(), false, [5.88, 0.0], [361.262944647, 180.01547]),
        ["RE23"] = (() => new PressureVessel(), false, [15.9018007813, 0.0], [5852.05896876, 1288669.78054]),
        ["RE24"] = (() => new HatchCover(), false, [60.5, 0.0], [481.608088535, 44.2819047619]),
        ["RE25"] = (() => new CompressionSpring(), false, [0.037591349242869145, 0.0], [0.40397042546, 2224669.22419]),
        ["RE31"] = (() => new TwoBarTruss(), false, [5.53731918799e-05, 0.333333333333, 0.0], [500.002668442, 8246211.25124, 19359919.7502]),
        ["RE32"] = (() => new WeldedJoint(), false, [0.010205496875, 0.00043904, 0.0], [37.7831517014, 17561.6, 425062976.628]),
        ["RE33"] = (() => new DiscBrake(), false, [-0.721525, 1.13907203907, 0.0], [5.3067, 3.12833430979, 25.0]),
        ["RE34"] = (() => new VehicleCrash(), false, [1661.7078225, 6.14280000608, 0.0394], [1695.2002035, 10.7454, 0.26399999965]),
        ["RE35"] = (() => new SpeedReducer(), false, [2352.34611145, 694.233587469, 0.0], [6634.56208, 1695.96387746, 397.358927317]),
        ["RE36"] = (() => new GearTrain(), false, [7.89473684213e-05, 12.0, 0.0], [5.931, 56.0, 0.355720675227]),
        ["RE37"] = (() => new RocketInjector(), false, [0.00889341391106, 0.00488, -0.431499999825], [0.98949120096, 0.956587924661, 0.987530948586]),
        ["RE41"] = (() => new CarSideImpact(), false, [15.576004, 3.58525, 10.61064375, 0.0], [39.2905121788, 4.42725, 13.09138125, 9.49401929991]),
        ["RE42"] = (() => new BulkCarrier(), false, [-2756.2590400638524, 3962.557843228888, 1947.880856925791, 0.0], [-1010.5229595219643, 13827.138456300128, 2611.9668107424536, 12.437669929732023]),
        ["RE61"] = (() => new WaterResources(), false, [63840.2774, 30.0, 285346.896494, 183749.967061, 7.22222222222, 0.0], [80896.9128355, 1350.0, 2853468.96494, 7076861.67064, 87748.6339553, 2.50994535821]),
        ["RE91"] = (() => new CarCabin(), false, [15.549754, 0.0, 0.0, 0.0907242296262, 0.367459287472, 0.527364946723, 0.735415465187, 0.618676033791, 0.660886967497], [39.6023250742, 1.00188125422, 112.487885728, 0.79017024474, 1.42304666576, 1.08576907833, 1.1215181762, 0.993535488298, 1.01068662645]),
        ["CRE21"] = (() => new TwoBarTruss(), true, [0.004, 1712.3287671232877], [0.1, 100000]),
        ["CRE22"] = (() => new WeldedJoint(), true, [1.7248523085973646, 0.00043904], [35.30757350259846, 0.014459677415245604]),
        ["CRE23"] = (() => new DiscBrake(), true, [1.274, 1.1390720390720392], [5.3067, 3.0281681788532824]),
        ["CRE24"] = (() => new SpeedReducer(), true, [2771.9151495055944, 694.705743560127], [5777.923190960862, 1300]),
        ["CRE25"] = (() => new GearTrain(), true, [7.894736842128935e-05, 23], [3.2573888888888884, 49]),
        ["CRE31"] = (() => new CarSideImpact(), true, [23.585657980780084, 3.58525, 10.61064375], [42.76801199999963, 4, 12.521158393240265]),
        ["CRE32"] = (() => new BulkCarrier(), true, [-1941.8614564443062, 4880.1135357774965, 2440.8388655075605], [-691.5638240632816, 10723.105724618657, 4925.960549819254]),
        ["CRE51"] = (() => new WaterResources(), true, [63840.2774, 40.46186687366582, 285346.896494178, 183749.96706092838, 7.22222222222193], [74140.29274347436, 1350, 2853468.96494178, 6974655.938835046, 25000]),
    };

    private readonly EngineeringDesign design;
    private readonly bool isConstrained;

    /// <summary>Creates a problem of the suite.</summary>
    /// <param name="name">One of <see cref="Names"/>; upper and lower case are the same.</param>
    /// <exception cref="ArgumentException">There is no problem of that name.</exception>
    public RealWorldProblem(string name)
        : this(Find(name))
    {
    }

    private RealWorldProblem((string Name, EngineeringDesign Design, bool IsConstrained, double[] Ideal, double[] Nadir) problem)
        : base(
            problem.Name,
            "R. Tanabe, H. Ishibuchi, \"An easy-to-use real-world multi-objective problem suite\", Applied Soft Computing 89, 106078, 2020",
            problem.Design.Space,
            problem.Design.Objectives + (!problem.IsConstrained && problem.Design.Limits > 0 ? 1 : 0),
            problem.IsConstrained ? problem.Design.Limits : 0)
    {
        (design, isConstrained) = (problem.Design, problem.IsConstrained);
        (IdealPoint, NadirPoint) = (problem.Ideal, problem.Nadir);
    }

    /// <summary>The names, those of RE first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Problems.Keys];

    /// <summary>What is designed, such as "two bar truss".</summary>
    public string Title => design.Title;

    /// <inheritdoc/>
    public override bool HasKnownFront => false;

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        Span<double> slack = stackalloc double[design.Limits];
        design.Evaluate(x, f[..design.Objectives], slack);
        if (isConstrained)
        {
            for (var i = 0; i < slack.Length; i++) g[i] = -slack[i];
        }
        else if (slack.Length > 0)
        {
            f[^1] = 0;
            foreach (var value in slack) f[^1] += Math.Max(0, -value);
        }
    }

    private protected override double[] Front(int count) => throw new InvalidOperationException("The front is not known.");

    private static (string Name, EngineeringDesign Design, bool IsConstrained, double[] Ideal, double[] Nadir) Find(string name) =>
        Problems.TryGetValue(name, out var problem)
            ? (name.ToUpperInvariant(), problem.Create(), problem.IsConstrained, problem.Ideal, problem.Nadir)
            : throw new ArgumentException($"There is no real-world problem '{name}'; choose one of {string.Join(", ", Names)}.", nameof(name));
}
