namespace Vilfredo.Optimization.Problems;

/// <summary>The test problems by name, with the sizes of their papers.</summary>
public static class TestProblems
{
    /// <summary>All problems: ZDT1-6, DTLZ1-7 and WFG1-9 with three objectives, C-DTLZ and inverted DTLZ likewise, MaF1-15, MW1-14, BNH, OSY, SRN, TNK, the welded beam, Branin-Currin, knapsack, travelling salesman, NK landscapes, the real-world suite RE21 to CRE51, and the 55 pairs of bbob-biobj in five variables.</summary>
    public static IReadOnlyList<TestProblem> All() =>
    [
        new Zdt1(), new Zdt2(), new Zdt3(), new Zdt4(), new Zdt5(), new Zdt6(),
        new Dtlz1(), new Dtlz2(), new Dtlz3(), new Dtlz4(), new Dtlz5(), new Dtlz6(), new Dtlz7(),
        new Wfg1(), new Wfg2(), new Wfg3(), new Wfg4(), new Wfg5(), new Wfg6(), new Wfg7(), new Wfg8(), new Wfg9(),
        new C1Dtlz1(), new C1Dtlz3(), new C2Dtlz2(), new C3Dtlz1(), new C3Dtlz4(), new InvertedDtlz1(), new InvertedDtlz2(),
        new Maf1(), new Maf2(), new Maf3(), new Maf4(), new Maf5(), new Maf6(), new Maf7(), new Maf8(),
        new Maf9(), new Maf10(), new Maf11(), new Maf12(), new Maf13(), new Maf14(), new Maf15(),
        new Mw1(), new Mw2(), new Mw3(), new Mw4(), new Mw5(), new Mw6(), new Mw7(),
        new Mw8(), new Mw9(), new Mw10(), new Mw11(), new Mw12(), new Mw13(), new Mw14(),
        new Bnh(), new Osy(), new Srn(), new Tnk(), new WeldedBeam(), new BraninCurrin(),
        new Knapsack(), new TravelingSalesman(), new NkLandscape(),
        .. RealWorldProblem.Names.Select(name => new RealWorldProblem(name)),
        .. Enumerable.Range(1, BbobPair.PairCount).Select(pair => new BbobPair(pair)),
    ];

    /// <summary>The problem of a name such as <c>zdt1</c>; upper and lower case are the same.</summary>
    /// <exception cref="ArgumentException">There is no problem of that name.</exception>
    public static TestProblem Named(string name) =>
        All().FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"There is no test problem '{name}'; choose one of {string.Join(", ", All().Select(p => p.Name))}.", nameof(name));
}
