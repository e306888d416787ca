namespace Vilfredo.Optimization.Nonsmooth;

/// <summary>How nearly critical a point is to be.</summary>
/// <param name="Radius">Epsilon, above 0: subgradients are taken from the ball of this radius.</param>
/// <param name="Norm">Delta, above 0: the largest norm that their least combination may have.</param>
public readonly record struct CriticalityLevel(double Radius, double Norm);
