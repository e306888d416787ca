namespace Vilfredo.Optimization.Problems;

/// <summary>MaF5: DTLZ4 with objectives of different scales.</summary>
/// <remarks>f is that of DTLZ4 times 2^(M + 1 - m). Source: Cheng et al. 2017.</remarks>
public sealed class Maf5 : MafOfProblem
{
    /// <summary>Creates the problem.</summary>
    /// <param name="objectives">The number of objectives, at least 2.</param>
    public Maf5(int objectives = 3)
        : base(5, new Dtlz4(objectives))
    {
    }

    private protected override void Change(Span<double> f)
    {
        var scale = 1.0;
        for (var m = f.Length - 1; m >= 0; m--) f[m] *= scale *= 2;
    }
}
