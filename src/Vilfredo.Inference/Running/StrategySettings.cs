using Vilfredo.Inference.Budgets;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Running;

/// <summary>What holds for every answer of a strategy, whichever it is.</summary>
public sealed record StrategySettings
{
    /// <summary>What one answer may cost at most.</summary>
    public Budget Budget { get; init; } = Budget.Unlimited;

    /// <summary>The prices of the models; null when costs in money are not wanted.</summary>
    public PriceTable? Prices { get; init; }

    /// <summary>The most calls under way at once in one answer. At least 1.</summary>
    public int MaximumConcurrency { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaximumConcurrency), value, "At least one call must be allowed at a time."); } = 8;

    /// <summary>How many of several parallel calls must succeed for the strategy to go on with them. At least 1.</summary>
    public int MinimumSuccessful { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MinimumSuccessful), value, "At least one call must succeed."); } = 1;

    /// <summary>The output tokens held for a call where neither the caller nor the strategy limits them. At least 16.</summary>
    public int AssumedOutputTokens { get; init => field = value >= BudgetLedger.FewestOutputTokens ? value : throw new ArgumentOutOfRangeException(nameof(AssumedOutputTokens), value, $"At least {BudgetLedger.FewestOutputTokens} output tokens are assumed for a call."); } = 1024;

    /// <summary>The seed of everything random, and of the seeds given to models; null leaves models without seeds, and draws by entropy.</summary>
    public long? Seed { get; init; }

    /// <summary>Counts tokens.</summary>
    public ITokenCounter Tokens { get; init; } = new EndpointTokenCounter();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of every call when it has ended.</summary>
    public IProgress<Calls.CallRecord>? Progress { get; init; }
}
