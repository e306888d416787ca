using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Evaluation.Problems;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>What an evaluation measures, and how: an evaluation file, read and checked.</summary>
public sealed record EvaluationDefinition
{
    /// <summary>Its name, under which its answers are kept.</summary>
    public required string Name { get; init; }

    /// <summary>The models, at least one, with different names.</summary>
    public required IReadOnlyList<EvaluatedModel> Models { get; init; }

    /// <summary>The currency of all prices.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The strategies, at least one.</summary>
    public required IReadOnlyList<EvaluatedStrategy> Strategies { get; init; }

    /// <summary>The problems, at least one, with different ids.</summary>
    public required IReadOnlyList<EvaluationProblem> Problems { get; init; }

    /// <summary>How often each problem is answered. At least 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The seed of the samples and of the order of problems.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How many answers are worked on at once. At least 1.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>What the whole evaluation may cost, earlier runs of it included.</summary>
    public Budget Total { get; init; } = Budget.Unlimited;

    /// <summary>The most output tokens of a call where the strategy sets none. At least 1.</summary>
    public int MaximumOutputTokens { get; init; } = 1024;

    /// <summary>What answers are worth.</summary>
    public QualityMeasure Quality { get; init; }

    /// <summary>The cost of the frontier; null for money where every model has a price and tokens otherwise.</summary>
    public CostMeasure? Cost { get; init; }

    /// <summary>The point that others are compared with; null for the first.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether calls that are equal to the last detail, the seed included, are made once for all points.</summary>
    public bool SharesCalls { get; init; }

    /// <summary>When points are given up early; null for never.</summary>
    public RacingSettings? Racing { get; init; }

    /// <summary>How knobs are searched; null for all combinations.</summary>
    public SearchSettings? Search { get; init; }

    /// <summary>The level of all intervals, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Every combination of models and values of knobs; not what is measured when there is a <see cref="Search"/>.</summary>
    public IReadOnlyList<EvaluatedPoint> Points => [.. Strategies.SelectMany(strategy => strategy.Expand())];

    /// <summary>The cost of the frontier.</summary>
    public CostMeasure FrontierCost => Cost ?? (Models.All(model => model.Definition.Price is not null) ? CostMeasure.Money : CostMeasure.Tokens);

    /// <summary>The prices of those models that have one; null when none has.</summary>
    public PriceTable? Prices => Models.Any(model => model.Definition.Price is not null)
        ? new(Currency, DateOnly.MinValue, Models.Where(model => model.Definition.Price is not null).Select(model => KeyValuePair.Create(model.Definition.Name, model.Definition.Price!)))
        : null;

    /// <summary>The problems in the order in which they are worked on: shuffled by the seed, so that the first ones are like all.</summary>
    public IReadOnlyList<EvaluationProblem> OrderedProblems
    {
        get
        {
            EvaluationProblem[] order = [.. Problems];
            new RandomGenerator(unchecked((ulong)Seed), 1).Shuffle(order.AsSpan());
            return order;
        }
    }

    /// <summary>The tasks in words: groups with their numbers of problems.</summary>
    public string Tasks => string.Join(", ", Problems.CountBy(problem => problem.Group).Select(group => $"{group.Key} ({group.Value})"));
}
