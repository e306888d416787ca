namespace Vilfredo.Inference.Routing.Metrics;

/// <summary>What each unit of cost beyond the cheap way brings in quality, as AutoMix compares cascades (Aggarwal et al., arXiv 2310.12963, section 4).</summary>
public static class IncrementalBenefit
{
    /// <summary>IBC: (quality − that of the cheap way) / (cost − that of the cheap way).</summary>
    /// <param name="point">What is judged.</param>
    /// <param name="cheap">The cheap way alone, without a verifier.</param>
    /// <returns>NaN where the cost is that of the cheap way.</returns>
    public static double PerCost(CurvePoint point, CurvePoint cheap) => point.Cost == cheap.Cost ? double.NaN : (point.Quality - cheap.Quality) / (point.Cost - cheap.Cost);

    /// <summary>IBC lift: IBC of the point over that of the dear way, less 1. Above 0, a cascade brings more for its cost than drawing between the two ways; AutoMix writes it in per cent.</summary>
    /// <param name="point">What is judged.</param>
    /// <param name="cheap">The cheap way alone, without a verifier.</param>
    /// <param name="dear">The dear way alone.</param>
    /// <returns>0 at the cost of the cheap way; NaN where the dear way is not both better and dearer, since the ratio says nothing then.</returns>
    public static double Lift(CurvePoint point, CurvePoint cheap, CurvePoint dear)
    {
        var line = PerCost(dear, cheap);
        if (!(line > 0 && dear.Cost > cheap.Cost))
            return double.NaN;
        return point.Cost == cheap.Cost ? 0 : (PerCost(point, cheap) / line) - 1;
    }
}
