namespace Vilfredo.Optimization.Problems;

/// <summary>MaF10: WFG1 with one position variable less than objectives and 10 distance variables.</summary>
/// <remarks>As <see cref="Wfg1"/>. Source: Cheng et al. 2017.</remarks>
public sealed class Maf10 : MafOfProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    public Maf10(int objectives = 3)
        : base(10, new Wfg1(objectives, objectives - 1, 10))
    {
    }
}
