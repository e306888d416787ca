using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Measurement.Tests.InferenceCosts;

public class PriceTableTests
{
    [Fact]
    public void Prices_are_per_million_tokens()
    {
        var cost = PublishedPrices.EfficientAgents.Cost("gpt-4.1", new TokenUsage(1_000_000, 500_000));
        Assert.Equal(6.0, cost.Amount, 12);
        Assert.Equal("USD", cost.Currency);
    }

    [Fact]
    public void Cached_input_has_its_own_price()
    {
        Assert.Equal(1.5, new TokenPrice(2, 8, 0.5).Of(new TokenUsage(1_500_000, 0, 1_000_000)), 12);
        Assert.Equal(3.0, new TokenPrice(2, 8).Of(new TokenUsage(1_500_000, 0, 1_000_000)), 12);
    }

    [Fact]
    public void An_unknown_model_is_refused_and_never_free()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => PublishedPrices.EfficientAgents.Cost("gpt-9", new TokenUsage(1, 1)));
        Assert.Contains("gpt-9", error.Message);
        Assert.Contains("gpt-4.1", error.Message);
    }

    [Fact]
    public void A_ledger_costs_all_its_models_and_charges()
    {
        var ledger = new UsageLedger()
            .Add("gpt-4.1", new TokenUsage(100_000, 10_000))
            .Add("GPT-4o-mini", new TokenUsage(20_000, 1_000), "verifier", isEstimated: true)
            .Charge(new Money(0.005, "USD"));
        Assert.Equal(0.28 + 0.0036 + 0.005, PublishedPrices.EfficientAgents.Cost(ledger).Amount, 12);
        Assert.True(ledger.IsEstimated);
    }

    [Fact]
    public void A_ledger_without_usage_or_with_another_currency_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => PublishedPrices.EfficientAgents.Cost(new UsageLedger()));
        Assert.Throws<InvalidOperationException>(() => PublishedPrices.EfficientAgents.Cost(new UsageLedger().Charge(new Money(1, "EUR"))));
    }

    [Fact]
    public void A_table_is_read_from_json()
    {
        var table = PriceTable.Parse("""
            { "currency": "EUR", "date": "2026-01-31", "models": {
              "small": { "input": 0.1, "output": 0.4 }, // local
              "large": { "input": 2, "output": 8, "cached_input": 0.5 },
            } }
            """);
        Assert.Equal(["large", "small"], table.Models);
        Assert.Equal(new DateOnly(2026, 1, 31), table.Date);
        Assert.Equal(new TokenPrice(2, 8, 0.5), table["large"]);
        Assert.Equal(0.1, table["small"].CachedInputPerMillion);
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("""{ "currency": "EUR", "models": {} }""", "'date'")]
    [InlineData("""{ "currency": "EUR", "date": "31.1.2026", "models": {} }""", "31.1.2026")]
    [InlineData("""{ "currency": "EUR", "date": "2026-01-31", "models": { "m": { "input": 1 } } }""", "'output' in model 'm'")]
    [InlineData("""{ "currency": "EUR", "date": "2026-01-31", "models": { "m": { "input": -1, "output": 1 } } }""", "at least 0")]
    [InlineData("""{ "currency": "EUR", "date": "2026-01-31", "models": { "m": { "input": "x", "output": 1 } } }""", "cannot be read")]
    [InlineData("""{ "currency": "EUR", "date": "2026-01-31", "models": { "m": { "input": 1, "output": 1 }, "M": { "input": 1, "output": 1 } } }""", "twice")]
    public void A_table_of_another_form_is_refused(string json, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => PriceTable.Parse(json)).Message);

    [Fact]
    public void Impossible_token_counts_and_prices_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenUsage(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenUsage(1, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenPrice(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenPrice(1, double.PositiveInfinity));
    }
}
