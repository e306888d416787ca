namespace Vilfredo.Optimization.Problems;

/// <summary>MaF3: DTLZ3 with a convex front.</summary>
/// <remarks>All objectives of DTLZ3 are raised to the fourth power, the last to the second. Source: Cheng et al. 2017.</remarks>
public sealed class Maf3 : MafOfProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    public Maf3(int objectives = 3)
        : base(3, new Dtlz3(objectives))
    {
    }

    private protected override void Change(Span<double> f)
    {
        foreach (ref var value in f) value *= value;
        foreach (ref var value in f[..^1]) value *= value;
    }
}
