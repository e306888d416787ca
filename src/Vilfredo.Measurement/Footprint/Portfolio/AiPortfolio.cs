namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>The uses of artificial intelligence of a company.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="UseCases">The uses.</param>
/// <param name="Factors">The factors by which they are rated.</param>
public sealed record AiPortfolio(string Name, IReadOnlyList<UseCase> UseCases, PortfolioFactors Factors)
{
    // Requests per user and day of the four levels are not printed in the paper; these give its energy within 1 %.
    private static readonly double[] RequestLevels = [1, 5, 10, 25];
    private static readonly double[] UserLevels = [10, 100, 1000, 10_000];

    /// <summary>Impacts of a year.</summary>
    public ImpactBreakdown Evaluate()
    {
        // Many use cases share an inference: each is rated once.
        var sum = new ImpactBreakdown();
        foreach (var alike in UseCases.GroupBy(useCase => (useCase.Workload, useCase.Model)))
        {
            var first = alike.First();
            sum.Add(ImpactBreakdown.OfYears(first, alike.Sum(useCase => useCase.Inferences(Factors)), alike.Sum(useCase => useCase.Count), Factors), 1);
        }

        return sum;
    }

    /// <summary>Inferences of a year.</summary>
    public double Inferences => UseCases.Sum(useCase => useCase.Inferences(Factors));

    /// <summary>
    /// A large company's typical mix (arXiv 2501.14334): 29 % generative; 192 kinds of use cases by type, model, users and frequency. The requests per
    /// user and day of the four frequencies (1, 5, 10, 25) are inferred from the paper's total, which it does not print.
    /// </summary>
    /// <param name="useCases">How many use cases there are.</param>
    /// <param name="factors">The factors.</param>
    public static IReadOnlyList<UseCase> Typical(double useCases, PortfolioFactors factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        Quantity.NotNegative(useCases, nameof(useCases), "use cases");
        const double generative = 0.29;
        (UseCaseKind, double)[] kinds = [(UseCaseKind.Agents, 0.33), (UseCaseKind.Chat, 0.28), (UseCaseKind.RetrievalAugmented, 0.39)];
        (UseCaseKind, double)[] traditional = [(UseCaseKind.ComputerVision, 0.11), (UseCaseKind.LanguageProcessing, 0.10), (UseCaseKind.Tabular, 0.79)];
        (string, double)[] models = [("low", 0.131), ("medium", 0.011), ("high", 0.858)];
        var list = new List<UseCase>();
        foreach (var (kind, share) in kinds)
        {
            foreach (var (model, modelShare) in models) AddLevels(kind, model, generative * share * modelShare, [0.10, 0.40, 0.30, 0.20], [0.35, 0.40, 0.20, 0.05]);
        }

        foreach (var (kind, share) in traditional) AddLevels(kind, "", (1 - generative) * share, [0.80, 0.15, 0.05, 0], [0.25, 0.25, 0.25, 0.25]);
        return list;

        void AddLevels(UseCaseKind kind, string model, double share, double[] users, double[] requests)
        {
            for (var u = 0; u < UserLevels.Length; u++)
            {
                for (var r = 0; r < RequestLevels.Length; r++)
                {
                    list.Add(new UseCase
                    {
                        Name = $"typical {kind} {model}".TrimEnd() + FormattableString.Invariant($", {UserLevels[u]} users, {RequestLevels[r]} a day"),
                        Kind = kind,
                        Model = model.Length > 0 ? model : "high",
                        Users = UserLevels[u],
                        RequestsPerDay = RequestLevels[r],
                        Count = useCases * share * users[u] * requests[r],
                    });
                }
            }
        }
    }
}
