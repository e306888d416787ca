using System.Globalization;

namespace Vilfredo.Inference.Budgets;

/// <summary>Keeps a budget while calls run: each call reserves the most that it can take before it begins and settles what it took. Thread-safe.</summary>
/// <remarks>
/// Ledgers nest. A reservation is made in a ledger and all those around it at once or not at all, so that children running side by side cannot approve work against the same remainder.
/// A call that does not fit only because of what is held for others waits until they have settled. A budget is kept as far as providers keep the limits of output tokens that they are given.
/// </remarks>
public sealed class BudgetLedger
{
    /// <summary>The fewest output tokens that are granted in place of an assumed number.</summary>
    public const int FewestOutputTokens = 16;

    // One gate for a whole tree of ledgers.
    private readonly Gate _gate;
    private readonly TimeProvider _time;
    private BudgetSpending _spent;
    private BudgetSpending _held;
    private long? _started;

    /// <summary>A ledger of a budget.</summary>
    /// <param name="budget">The limits.</param>
    /// <param name="parent">The ledger around it, whose limits hold too.</param>
    /// <param name="time">The clock; the parent's, or else the system's, when null.</param>
    public BudgetLedger(Budget budget, BudgetLedger? parent = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(budget);
        (Budget, Parent) = (budget, parent);
        _gate = parent?._gate ?? new Gate();
        _time = time ?? parent?._time ?? TimeProvider.System;
    }

    /// <summary>The limits.</summary>
    public Budget Budget { get; }

    /// <summary>The ledger around it.</summary>
    public BudgetLedger? Parent { get; }

    /// <summary>What calls that have ended took.</summary>
    public BudgetSpending Spent
    {
        get
        {
            lock (_gate)
                return _spent;
        }
    }

    /// <summary>What is held for calls under way.</summary>
    public BudgetSpending Held
    {
        get
        {
            lock (_gate)
                return _held;
        }
    }

    /// <summary>The time that is left before the first time limit of this ledger and those around it; null without one. The clock starts with the first reservation or reading.</summary>
    public TimeSpan? TimeLeft
    {
        get
        {
            lock (_gate)
            {
                var left = Parent?.TimeLeft;
                _started ??= _time.GetTimestamp();
                if (Budget.Time is not { } limit)
                    return left;
                var own = limit - _time.GetElapsedTime(_started.Value);
                return left < own ? left : own;
            }
        }
    }

    /// <summary>Holds what a call may take, waiting for calls under way to settle where that may help.</summary>
    /// <exception cref="BudgetExhaustedException">The call does not fit.</exception>
    /// <exception cref="InvalidOperationException">A limit is in money and the call has no price, or one in another currency.</exception>
    public async Task<BudgetReservation> ReserveAsync(CallEstimate estimate, CancellationToken cancellation = default)
    {
        CheckCurrency(estimate);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (TimeLeft <= TimeSpan.Zero)
                    throw new BudgetExhaustedException(BudgetLimit.Time, "The time limit of the budget has passed; no further call is made.");
                var wanted = Wanted(estimate);
                var obstacle = Obstacle(wanted, withHeld: true);
                if (obstacle is null)
                    return Hold(wanted);
                if (Obstacle(wanted, withHeld: false) is { } lasting)
                {
                    if (Chain().All(ledger => ledger._held.Calls == 0) && Smaller(estimate) is { } granted)
                        return Hold(granted);
                    if (!estimate.OutputIsAssumed || Chain().All(ledger => ledger._held.Calls == 0))
                        throw Exhausted(lasting, wanted);
                }

                changed = _gate.Changed;
            }

            await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Whether calls would fit one after the other, with what is held for calls under way. Nothing is held for them.</summary>
    /// <param name="estimates">The calls.</param>
    public bool Fits(IEnumerable<CallEstimate> estimates)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        var wanted = estimates.Aggregate(default(BudgetSpending), (sum, estimate) => sum + Wanted(estimate));
        lock (_gate)
            return !(TimeLeft <= TimeSpan.Zero) && Obstacle(wanted, withHeld: true) is null;
    }

    internal void Settle(BudgetSpending held, BudgetSpending spent)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            foreach (var ledger in Chain())
            {
                // Nothing is held when no call is under way, whatever the sums of prices round to.
                ledger._held = ledger._held.Calls == held.Calls ? default : ledger._held - held;
                ledger._spent += spent;
            }

            changed = _gate.Renew();
        }

        changed.SetResult();
    }

    private static BudgetSpending Wanted(CallEstimate estimate) =>
        new(1, estimate.InputTokens, estimate.OutputTokens, estimate.Price?.Of(new(estimate.InputTokens, estimate.OutputTokens)) ?? double.NaN);

    private static (BudgetLimit Limit, bool IsOver)[] Checks(Budget budget, BudgetSpending sum) =>
    [
        (BudgetLimit.Calls, sum.Calls > budget.Calls),
        (BudgetLimit.InputTokens, sum.InputTokens > budget.InputTokens),
        (BudgetLimit.OutputTokens, sum.OutputTokens > budget.OutputTokens),
        (BudgetLimit.TotalTokens, sum.InputTokens + sum.OutputTokens > budget.TotalTokens),
        (BudgetLimit.Money, sum.Amount > budget.Money?.Amount),
    ];

    private IEnumerable<BudgetLedger> Chain()
    {
        for (var ledger = this; ledger is not null; ledger = ledger.Parent)
            yield return ledger;
    }

    private void CheckCurrency(CallEstimate estimate)
    {
        foreach (var ledger in Chain())
        {
            if (ledger.Budget.Money is not { } money)
                continue;
            if (estimate.Price is null)
                throw new InvalidOperationException("The budget limits money, but the call has no price; give a price table that knows the model, with 0 where it is free.");
            if (estimate.Currency != money.Currency)
                throw new InvalidOperationException($"The budget is in {money.Currency} and the prices are in {estimate.Currency}; state both in one currency.");
        }
    }

    private (BudgetLedger Ledger, BudgetLimit Limit)? Obstacle(BudgetSpending wanted, bool withHeld)
    {
        foreach (var ledger in Chain())
        {
            var sum = ledger._spent + wanted + (withHeld ? ledger._held : default);
            foreach (var (limit, isOver) in Checks(ledger.Budget, sum))
            {
                if (isOver)
                    return (ledger, limit);
            }
        }

        return null;
    }

    // The largest answer that fits, where its length was only assumed.
    private BudgetSpending? Smaller(CallEstimate estimate)
    {
        if (!estimate.OutputIsAssumed)
            return null;
        var (few, many) = (0L, estimate.OutputTokens);
        while (few < many)
        {
            var middle = few + (many - few + 1) / 2;
            if (Obstacle(Wanted(estimate with { OutputTokens = middle }), withHeld: false) is null)
                few = middle;
            else
                many = middle - 1;
        }

        return few >= FewestOutputTokens ? Wanted(estimate with { OutputTokens = few }) : null;
    }

    private BudgetReservation Hold(BudgetSpending wanted)
    {
        var held = double.IsNaN(wanted.Amount) ? wanted with { Amount = 0 } : wanted;
        foreach (var ledger in Chain())
            ledger._held += held;
        return new(this, held);
    }

    private static BudgetExhaustedException Exhausted((BudgetLedger Ledger, BudgetLimit Limit) obstacle, BudgetSpending wanted)
    {
        var (budget, spent) = (obstacle.Ledger.Budget, obstacle.Ledger._spent);
        var (limit, used, next) = obstacle.Limit switch
        {
            BudgetLimit.Calls => ($"{budget.Calls} calls", (double)spent.Calls, (double)wanted.Calls),
            BudgetLimit.InputTokens => ($"{budget.InputTokens} input tokens", spent.InputTokens, wanted.InputTokens),
            BudgetLimit.OutputTokens => ($"{budget.OutputTokens} output tokens", spent.OutputTokens, wanted.OutputTokens),
            BudgetLimit.TotalTokens => ($"{budget.TotalTokens} tokens", spent.InputTokens + spent.OutputTokens, wanted.InputTokens + wanted.OutputTokens),
            _ => ($"{budget.Money}", spent.Amount, wanted.Amount),
        };
        return new(obstacle.Limit, string.Create(CultureInfo.InvariantCulture, $"The budget of {limit} is used up: {used:G6} are spent and the next call may take {next:G6}."));
    }

    private sealed class Gate
    {
        private TaskCompletionSource _changed = New();

        public Task Changed => _changed.Task;

        public TaskCompletionSource Renew()
        {
            var last = _changed;
            _changed = New();
            return last;
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
