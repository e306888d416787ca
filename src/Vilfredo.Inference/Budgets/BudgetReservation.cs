using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Budgets;

/// <summary>What a ledger holds for one call that is under way. Settle it exactly once, whatever becomes of the call; disposing it unsettled gives everything back but the call itself.</summary>
public sealed class BudgetReservation : IDisposable
{
    private readonly BudgetLedger _ledger;
    private readonly BudgetSpending _held;
    private int _settled;

    internal BudgetReservation(BudgetLedger ledger, BudgetSpending held) => (_ledger, _held) = (ledger, held);

    /// <summary>The most output tokens that the call may write.</summary>
    public long OutputTokens => _held.OutputTokens;

    /// <summary>Replaces what was held by what was spent.</summary>
    /// <param name="usage">The tokens.</param>
    /// <param name="cost">The money; null when it is not known, which counts as what was held.</param>
    public void Settle(TokenUsage usage, Money? cost = null)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
            _ledger.Settle(_held, new(1, usage.InputTokens, usage.OutputTokens, cost?.Amount ?? _held.Amount));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
            _ledger.Settle(_held, new(1, 0, 0, 0));
    }
}
