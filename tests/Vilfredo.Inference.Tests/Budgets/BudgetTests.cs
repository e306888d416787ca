using Vilfredo.Inference.Budgets;

namespace Vilfredo.Inference.Tests.Budgets;

public class BudgetTests
{
    [Fact]
    public void Of_two_budgets_the_tighter_limit_of_each_kind_holds()
    {
        var both = new Budget { Calls = 3, OutputTokens = 100, Money = new Money(2, "USD") }.And(new() { Calls = 5, TotalTokens = 50, Money = new Money(1, "USD"), Time = TimeSpan.FromSeconds(1) });
        Assert.Equal(new Budget { Calls = 3, OutputTokens = 100, TotalTokens = 50, Money = new Money(1, "USD"), Time = TimeSpan.FromSeconds(1) }, both);
        Assert.Equal(Budget.Unlimited, Budget.Unlimited.And(null));
        Assert.Throws<InvalidOperationException>(() => new Budget { Money = new Money(2, "USD") }.And(new() { Money = new Money(2, "EUR") }));
    }
}
