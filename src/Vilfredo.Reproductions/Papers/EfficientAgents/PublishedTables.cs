namespace Vilfredo.Reproductions.Papers;

/// <summary>What Wang et al. (arXiv 2508.02694) print, as facts.</summary>
internal static class PublishedTables
{
    public static IReadOnlyList<PublishedRow> Backbones { get; } =
    [
        new("GPT-4.1", 0.98, 53.33, 0.705),
        new("Claude 3.7 Sonnet", 3.54, 61.82, 2.190),
        new("Qwen3-235B-A22B", 0.22, 27.27, 0.040),
        new("Qwen3-30B-A3B", 0.13, 17.58, 0.023),
        new("QwQ-32B", 0.23, 22.42, 0.120),
        new("o1", 3.66, 52.12, 1.908),
    ];

    /// <summary>Variants of the default agent on GPT-4.1 whose dollars are printed.</summary>
    public static IReadOnlyList<PublishedRow> Variants { get; } =
    [
        new("best-of-1", 0.98, 53.33, 0.521),
        new("best-of-2", 1.17, 54.55, 0.639),
        new("best-of-4", 1.28, 53.94, 0.691),
        new("memory simple", 0.74, 56.36, 0.419),
        new("memory summarised", 1.52, 51.52, 0.782),
        new("memory full", 0.98, 53.33, 0.521),
        new("memory extra summarised", 1.08, 52.73, 0.567),
        new("memory extra fixed", 1.04, 53.94, 0.561),
        new("memory extra hybrid", 1.29, 54.55, 0.703),
    ];

    public static PublishedRow Owl { get; } = new("OWL", 0.75, 53.33, 0.398);

    public static PublishedRow EfficientAgents { get; } = new("Efficient Agents", 0.55, 51.52, 0.285);

    public static IReadOnlyList<PublishedRow> Systems { get; } =
        [Owl, new("SmolAgents", 5.82, 53.33, 3.104), EfficientAgents];

    /// <summary>The options of each component, the default first.</summary>
    public static IReadOnlyList<(string Component, PublishedRow[] Options)> Components { get; } =
    [
        ("N", Variant("best-of-1", "best-of-2", "best-of-4")),
        ("max steps", [new("12", 0.98, 53.33), new("8", 0.70, 52.73), new("4", 0.48, 41.82)]),
        ("plan interval", [new("1", 0.98, 53.33), new("2", 1.04, 57.58), new("4", 1.01, 53.33)]),
        ("search", [new("simple", 1.32, 53.33), new("multi", 0.81, 59.39)]),
        ("queries", [new("10", 1.32, 53.33), new("5", 1.17, 53.33), new("3", 1.31, 49.09)]),
        ("memory", Variant("memory full", "memory simple", "memory summarised")),
    ];

    private static PublishedRow[] Variant(params string[] names) => [.. names.Select(name => Variants.Single(row => row.Name == name))];
}
