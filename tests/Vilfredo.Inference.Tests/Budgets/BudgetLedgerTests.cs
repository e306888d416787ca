using CsCheck;
using Vilfredo.Inference.Budgets;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Tests.Budgets;

public class BudgetLedgerTests
{
    [Fact]
    public async Task A_call_that_does_not_fit_is_refused_with_the_limit()
    {
        var ledger = new BudgetLedger(new() { Calls = 1 });
        (await ledger.ReserveAsync(new(10, 10))).Settle(new(10, 5));
        var error = await Assert.ThrowsAsync<BudgetExhaustedException>(() => ledger.ReserveAsync(new(10, 10)));
        Assert.Equal(BudgetLimit.Calls, error.Limit);
        Assert.Equal(new BudgetSpending(1, 10, 5, 0), ledger.Spent);
    }

    [Fact]
    public async Task A_call_that_fits_only_once_others_have_settled_waits_for_them()
    {
        var ledger = new BudgetLedger(new() { OutputTokens = 100 });
        var first = await ledger.ReserveAsync(new(1, 80));
        var second = ledger.ReserveAsync(new(1, 80));
        Assert.False(second.IsCompleted);
        first.Settle(new(1, 20));
        Assert.Equal(80, (await second).OutputTokens);
    }

    [Fact]
    public async Task A_call_of_unstated_length_is_granted_what_is_left()
    {
        var ledger = new BudgetLedger(new() { TotalTokens = 100 });
        Assert.Equal(70, (await ledger.ReserveAsync(new(30, 1024, OutputIsAssumed: true))).OutputTokens);
    }

    [Fact]
    public async Task Nested_ledgers_hold_the_limits_of_all_around_them()
    {
        var outer = new BudgetLedger(new() { Calls = 2 });
        var inner = new BudgetLedger(new() { Calls = 5 }, outer);
        (await inner.ReserveAsync(new(1, 1))).Settle(new(1, 1));
        (await outer.ReserveAsync(new(1, 1))).Settle(new(1, 1));
        await Assert.ThrowsAsync<BudgetExhaustedException>(() => inner.ReserveAsync(new(1, 1)));
        Assert.Equal(2, outer.Spent.Calls);
        Assert.Equal(1, inner.Spent.Calls);
    }

    [Fact]
    public async Task Money_needs_a_price_in_its_currency()
    {
        var ledger = new BudgetLedger(new() { Money = new(1, "USD") });
        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.ReserveAsync(new(1, 1)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.ReserveAsync(new(1, 1, false, new TokenPrice(1, 1), "EUR")));
        var error = await Assert.ThrowsAsync<BudgetExhaustedException>(() => ledger.ReserveAsync(new(1_000_000, 1, false, new TokenPrice(1, 1), "USD")));
        Assert.Equal(BudgetLimit.Money, error.Limit);
    }

    [Fact]
    public void Side_by_side_calls_never_spend_more_than_the_budget() =>
        Gen.Int[1, 400].Select(Gen.Int[1, 40], Gen.Int[2, 64]).Sample((limit, most, children) =>
        {
            var ledger = new BudgetLedger(new() { TotalTokens = limit });
            var random = new Random(limit);
            var sizes = Enumerable.Range(0, children).Select(_ => (Wanted: random.Next(1, most + 1), Part: random.NextDouble())).ToArray();
            Task.WaitAll(sizes.Select(size => Task.Run(async () =>
            {
                try
                {
                    using var reservation = await ledger.ReserveAsync(new(size.Wanted, size.Wanted));
                    await Task.Yield();
                    reservation.Settle(new(size.Wanted, (int)(size.Part * size.Wanted)));
                }
                catch (BudgetExhaustedException)
                {
                }
            })).ToArray());
            var spent = ledger.Spent;
            return spent.InputTokens + spent.OutputTokens <= limit && ledger.Held == default;
        }, iter: 200);
}
