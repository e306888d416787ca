namespace Vilfredo.Optimization.Bayesian;

/// <summary>Brings points that mean the same to one form in place, for example inactive variables to one value.</summary>
/// <param name="decisions">One value per variable.</param>
public delegate void DecisionNormalization(Span<double> decisions);
