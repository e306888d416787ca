namespace Vilfredo.Optimization.Nonsmooth.Elliptic;

/// <summary>What the steps on an optimality system ended with.</summary>
/// <param name="Converged">Whether the set where the state is above 0 repeated and the gradient norm is 0 up to rounding: the point is stationary.</param>
/// <param name="Control">The amplitudes.</param>
/// <param name="State">The state.</param>
/// <param name="Values">The objectives; empty when the sets did not repeat, since the state is then not that of the control.</param>
/// <param name="Steps">The steps on the system, one factorisation each; states solved to shorten steps are counted by the problem.</param>
/// <param name="Held">The grid points at which the state is held at 0: the minimum lies at a kink when there are any.</param>
/// <param name="GradientNorm">The norm of the least combination of the weighted sum's gradients over all sides of the kinks.</param>
public sealed record OptimalityResult(
    bool Converged,
    IReadOnlyList<double> Control,
    IReadOnlyList<double> State,
    IReadOnlyList<double> Values,
    int Steps,
    IReadOnlyList<int> Held,
    double GradientNorm);
