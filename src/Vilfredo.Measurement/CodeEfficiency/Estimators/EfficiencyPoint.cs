using Vilfredo.Statistics;

namespace Vilfredo.Measurement.CodeEfficiency.Estimators;

/// <summary>A model at k samples per problem.</summary>
/// <param name="K">The number of samples of which the best is taken.</param>
/// <param name="Efficiency">eff@k, with its interval over problems.</param>
/// <param name="Pass">pass@k, with its interval over problems.</param>
public sealed record EfficiencyPoint(int K, BootstrapInterval Efficiency, BootstrapInterval Pass);
