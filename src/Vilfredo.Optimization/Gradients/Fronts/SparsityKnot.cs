namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>A corner of a path of sparse solutions; between two of them the solution is linear in the penalty.</summary>
/// <param name="Penalty">lambda, at least 0.</param>
/// <param name="Point">The coefficients.</param>
/// <param name="Loss">Half the squared residual.</param>
/// <param name="Norm">The sum of the coefficients' sizes.</param>
public sealed record SparsityKnot(double Penalty, IReadOnlyList<double> Point, double Loss, double Norm);
