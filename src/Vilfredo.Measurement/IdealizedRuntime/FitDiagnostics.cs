namespace Vilfredo.Measurement.IdealizedRuntime;

/// <summary>How well a profile describes the measurements it was fitted to.</summary>
/// <param name="Trials">The number of timed generations.</param>
/// <param name="Cells">The number of pairs of prompt and output length.</param>
/// <param name="RSquared">Of the line of T − F on the further tokens; 1 when they are on it, also without spread.</param>
/// <param name="MeanSquaredError">Of F + β (o − 1) + overhead against the cells, in s².</param>
/// <param name="MaximumSquaredError">The largest, in s².</param>
/// <param name="SecondsPerOutputTokenByPrompt">
/// The slope of each prompt length that has at least two output lengths. It rises with the length when the context is no longer short
/// against the weights; one number per model is then too few.
/// </param>
public sealed record FitDiagnostics(
    int Trials, int Cells, double RSquared, double MeanSquaredError, double MaximumSquaredError,
    IReadOnlyDictionary<int, double> SecondsPerOutputTokenByPrompt);
