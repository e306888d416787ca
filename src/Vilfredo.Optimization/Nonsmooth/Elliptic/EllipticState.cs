namespace Vilfredo.Optimization.Nonsmooth.Elliptic;

/// <summary>A solution of <see cref="SemilinearElliptic"/>.</summary>
/// <param name="Values">y at the N x N inner grid points, row by row.</param>
/// <param name="NewtonSteps">The linear systems solved.</param>
/// <param name="Residuals">The Euclidean norm of the residual at the start and after each step.</param>
public sealed record EllipticState(IReadOnlyList<double> Values, int NewtonSteps, IReadOnlyList<double> Residuals);
