namespace Vilfredo.Optimization.Problems;

/// <summary>MaF11: WFG2 with one position variable less than objectives and 10 distance variables.</summary>
/// <remarks>As <see cref="Wfg2"/>. Source: Cheng et al. 2017.</remarks>
public sealed class Maf11 : MafOfProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    public Maf11(int objectives = 3)
        : base(11, new Wfg2(objectives, objectives - 1, 10))
    {
    }
}
