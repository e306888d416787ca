namespace Vilfredo.Optimization.Problems;

/// <summary>MaF7: DTLZ7.</summary>
/// <remarks>20 distance variables. Source: Cheng et al. 2017.</remarks>
public sealed class Maf7 : MafOfProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    public Maf7(int objectives = 3)
        : base(7, new Dtlz7(objectives))
    {
    }
}
