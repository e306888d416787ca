namespace Vilfredo.Optimization.Problems;

/// <summary>MaF12: WFG9 with one position variable less than objectives and 10 distance variables.</summary>
/// <remarks>As <see cref="Wfg9"/>. Source: Cheng et al. 2017.</remarks>
public sealed class Maf12 : MafOfProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    public Maf12(int objectives = 3)
        : base(12, new Wfg9(objectives, objectives - 1, 10))
    {
    }
}
