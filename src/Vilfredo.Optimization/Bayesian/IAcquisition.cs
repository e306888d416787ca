namespace Vilfredo.Optimization.Bayesian;

/// <summary>A function of scaled points that is large where the next evaluation promises most.</summary>
internal interface IAcquisition
{
    /// <summary>The value at a point.</summary>
    /// <param name="unit">The scaled point.</param>
    /// <param name="gradient">Receives the gradient by the numeric variables; empty when it is not wanted.</param>
    double Evaluate(ReadOnlySpan<double> unit, Span<double> gradient);
}
