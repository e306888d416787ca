namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>
/// Everything that one attempt spent: the agent's calls and those of its helpers, of verifiers, summaries and retries, and
/// charges that are not counted in tokens. Not thread-safe.
/// </summary>
public sealed class UsageLedger
{
    private readonly List<UsageEntry> entries = [];
    private readonly List<Money> charges = [];

    /// <summary>The calls, in the order in which they were added.</summary>
    public IReadOnlyList<UsageEntry> Entries => entries;

    /// <summary>Charges that are not counted in tokens, such as a search engine's fee per query.</summary>
    public IReadOnlyList<Money> Charges => charges;

    /// <summary>Whether nothing was recorded.</summary>
    public bool IsEmpty => entries.Count == 0 && charges.Count == 0;

    /// <summary>Whether some tokens were counted by ourselves because the provider reported none.</summary>
    public bool IsEstimated => entries.Exists(entry => entry.IsEstimated);

    /// <summary>Adds a call.</summary>
    /// <param name="model">The model's name, as in the price table.</param>
    /// <param name="usage">The tokens.</param>
    /// <param name="purpose">Why it was called, such as <c>agent</c> or <c>verifier</c>.</param>
    /// <param name="isEstimated">Whether the tokens were counted by ourselves because the provider reported none.</param>
    /// <returns>This ledger.</returns>
    public UsageLedger Add(string model, TokenUsage usage, string purpose = "agent", bool isEstimated = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(purpose);
        entries.Add(new UsageEntry(model, usage, purpose, isEstimated));
        return this;
    }

    /// <summary>Adds a charge that is not counted in tokens.</summary>
    /// <returns>This ledger.</returns>
    public UsageLedger Charge(Money amount)
    {
        charges.Add(amount);
        return this;
    }
}
