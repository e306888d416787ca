namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>Price tables that published studies used. For today's costs write a table of your own.</summary>
public static class PublishedPrices
{
    /// <summary>
    /// US dollars per million tokens in the code of "Efficient Agents: Building Effective Agents While Reducing Cost"
    /// (Wang et al., arXiv 2508.02694); the date is the paper's. No cached-input prices are known.
    /// </summary>
    public static PriceTable EfficientAgents { get; } = new("USD", new DateOnly(2025, 8, 6), new Dictionary<string, TokenPrice>
    {
        ["gpt-4.1"] = new(2, 8),
        ["gpt-4.1-mini"] = new(0.4, 1.6),
        ["gpt-4o"] = new(2.5, 10),
        ["gpt-4o-mini"] = new(0.15, 0.60),
        ["o1"] = new(15, 60),
        ["o3-mini"] = new(1.1, 4.4),
        ["claude-3.7-sonnet"] = new(3, 15),
        ["qwen3-235b-a22b-thinking"] = new(0.56, 1.68),
        ["qwen3-235b-a22b"] = new(0.56, 5.60),
        ["qwen3-30b-a3b-thinking"] = new(0.21, 1.12),
        ["qwen3-30b-a3b"] = new(0.84, 2.10),
        ["text-embedding-3-small"] = new(0.02, 0),
    });
}
