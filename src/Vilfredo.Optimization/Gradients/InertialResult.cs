namespace Vilfredo.Optimization.Gradients;

/// <summary>What inertial gradient steps ended with.</summary>
/// <param name="Point">The last point at which the gradients were computed.</param>
/// <param name="Values">The objectives there.</param>
/// <param name="Norm">The norm of the least combination of the gradients there.</param>
/// <param name="Critical">Whether that is at most the tolerance.</param>
/// <param name="Steps">The steps taken; there is one evaluation more.</param>
public sealed record InertialResult(IReadOnlyList<double> Point, IReadOnlyList<double> Values, double Norm, bool Critical, int Steps);
