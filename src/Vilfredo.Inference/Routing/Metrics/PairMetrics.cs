namespace Vilfredo.Inference.Routing.Metrics;

/// <summary>The numbers by which RouteLLM compares routers between a weak and a strong model, with lines between thresholds.</summary>
/// <param name="Curve">Quality against the share of calls of the strong model, from share 0 to 1.</param>
public sealed record PairMetrics(QualityCostCurve Curve)
{
    /// <summary>The quality of the weak model alone.</summary>
    public double Weak => Curve.Points[0].Quality;

    /// <summary>The quality of the strong model alone.</summary>
    public double Strong => Curve.Points[^1].Quality;

    /// <summary>AUC: the mean quality over all shares.</summary>
    public double Area => Curve.MeanQuality(0, 1, CurveInterpolation.Linear);

    /// <summary>APGR, the average performance gap recovered: (AUC − weak) / (strong − weak); ½ for draws, NaN where both models are equally good.</summary>
    public double GapRecovered => Strong == Weak ? double.NaN : (Area - Weak) / (Strong - Weak);

    /// <summary>AUC less that of draws, (weak + strong) / 2: what knowing something of the prompt is worth, in quality.</summary>
    public double OverDraws => Area - ((Weak + Strong) / 2);

    /// <summary>CPT(q), the call-performance threshold: the least share of calls of the strong model with which a part q of the gap is recovered; null when it never is.</summary>
    /// <param name="part">q, such as 0.5.</param>
    public double? CallsFor(double part) => Curve.CostAt(Weak + (part * (Strong - Weak)), CurveInterpolation.Linear);
}
