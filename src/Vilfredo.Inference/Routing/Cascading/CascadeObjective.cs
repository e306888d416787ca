using Vilfredo.Inference.Routing.Metrics;

namespace Vilfredo.Inference.Routing.Cascading;

/// <summary>What a cascade is fitted for.</summary>
public abstract record CascadeObjective
{
    private CascadeObjective()
    {
    }

    /// <summary>How good a point is, higher for better; minus infinity where it is not allowed.</summary>
    internal abstract double Of(CurvePoint point, CurvePoint cheap, CurvePoint dear);

    /// <summary>The highest IBC lift: the most quality for each unit of cost beyond the cheap tier's, as in AutoMix. It likes cascades that cost little more than the cheap tier.</summary>
    public sealed record Lift : CascadeObjective
    {
        internal override double Of(CurvePoint point, CurvePoint cheap, CurvePoint dear) => IncrementalBenefit.Lift(point, cheap, dear);
    }

    /// <summary>The highest quality less λ times cost.</summary>
    /// <param name="Lambda">λ, the quality that a unit of cost must bring; at least 0.</param>
    public sealed record Utility(double Lambda) : CascadeObjective
    {
        /// <summary>λ.</summary>
        public double Lambda { get; } = Lambda is >= 0 && double.IsFinite(Lambda) ? Lambda : throw new ArgumentOutOfRangeException(nameof(Lambda), Lambda, "The price of quality is at least 0.");

        internal override double Of(CurvePoint point, CurvePoint cheap, CurvePoint dear) => point.Quality - (Lambda * point.Cost);
    }

    /// <summary>The highest quality at a mean cost of at most so much.</summary>
    /// <param name="Most">The mean cost of an answer; positive.</param>
    public sealed record Within(double Most) : CascadeObjective
    {
        /// <summary>The mean cost of an answer.</summary>
        public double Most { get; } = Most > 0 ? Most : throw new ArgumentOutOfRangeException(nameof(Most), Most, "What an answer may cost is positive.");

        internal override double Of(CurvePoint point, CurvePoint cheap, CurvePoint dear) => point.Cost <= Most ? point.Quality : double.NegativeInfinity;
    }
}
