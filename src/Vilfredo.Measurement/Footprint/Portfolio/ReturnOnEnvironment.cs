namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>What a use case gives for what it costs the environment.</summary>
/// <remarks>arXiv 2501.14334 proposes the measure without defining it; this definition is the project's own.</remarks>
/// <param name="UseCase">The use case.</param>
/// <param name="Climate">kg CO2e of a year, all of its count.</param>
/// <param name="Avoided">kg CO2e avoided elsewhere per kg CO2e caused; above 1 it pays. <see langword="null"/> when nobody has said.</param>
/// <param name="Value">Value in the user's currency per kg CO2e caused; <see langword="null"/> when nobody has said.</param>
public sealed record ReturnOnEnvironment(UseCase UseCase, double Climate, double? Avoided, double? Value)
{
    /// <summary>The returns of the use cases of which a benefit was stated, the worst first.</summary>
    public static IReadOnlyList<ReturnOnEnvironment> Of(AiPortfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        return
        [
            .. portfolio.UseCases.Where(useCase => useCase.AvoidedKilograms is not null || useCase.Value is not null).Select(useCase =>
            {
                var climate = ImpactBreakdown.OfYear(useCase, portfolio.Factors).Total.Climate;
                return new ReturnOnEnvironment(useCase, climate, useCase.AvoidedKilograms * useCase.Count / climate, useCase.Value * useCase.Count / climate);
            }).OrderBy(row => row.Avoided ?? double.PositiveInfinity).ThenBy(row => row.Value ?? double.PositiveInfinity),
        ];
    }
}
