namespace Vilfredo.Optimization.Bayesian;

/// <summary>
/// An acquisition function plus the logarithms of the probabilities that a point is feasible and can be evaluated. Without an
/// inner function, while no feasible point is known, these alone.
/// </summary>
internal sealed class FeasibleAcquisition(IAcquisition? inner, IReadOnlyList<FeasibilityModel> feasibility) : IAcquisition
{
    public double Evaluate(ReadOnlySpan<double> unit, Span<double> gradient)
    {
        gradient.Clear();
        var value = inner?.Evaluate(unit, gradient) ?? 0;
        foreach (var model in feasibility) value += model.LogProbability(unit, gradient);
        return value;
    }
}
