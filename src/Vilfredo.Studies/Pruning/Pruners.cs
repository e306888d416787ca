namespace Vilfredo.Studies;

/// <summary>The pruners by the names that study files and the API share.</summary>
public static class Pruners
{
    private static readonly Dictionary<string, (string[] Options, Func<PrunerDefinition, StudyDefinition, IPruner> Create)> Registry = new(StringComparer.Ordinal)
    {
        ["median"] = (PercentilePruner.MedianOptionNames, PercentilePruner.Median),
        ["percentile"] = (PercentilePruner.OptionNames, PercentilePruner.Percentile),
        ["asha"] = (HalvingPruner.AshaOptionNames, HalvingPruner.Asha),
        ["hyperband"] = (HalvingPruner.HyperbandOptionNames, HalvingPruner.Hyperband),
    };

    /// <summary>The names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Registry.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Checks a study's pruner.</summary>
    /// <exception cref="ArgumentException">There is no such pruner, or it has no such option, or it does not fit the study; the message says what does.</exception>
    internal static IPruner? Create(StudyDefinition definition)
    {
        if (definition.Pruner is not { } pruner) return null;
        if (!Registry.TryGetValue(pruner.Name, out var entry))
            throw new ArgumentException($"There is no pruner '{pruner.Name}'; choose one of: {string.Join(", ", Names)}.");
        if (pruner.Options.Keys.FirstOrDefault(option => !entry.Options.Contains(option)) is { } unknown)
            throw new ArgumentException($"The pruner '{pruner.Name}' has no option '{unknown}'; it has: {string.Join(", ", entry.Options)}.");
        if (definition.Deterministic)
            throw new ArgumentException("A deterministic study cannot prune: what is pruned depends on which trials were faster. Leave out 'deterministic' or 'pruner'.");
        if (definition.Repeats.PerTrial > 1)
            throw new ArgumentException($"A trial that is measured {definition.Repeats.PerTrial} times reports no steps of its own; use 'repeats: 1' with a pruner.");
        return entry.Create(pruner, definition);
    }

    /// <summary>An option of a pruner within its range.</summary>
    internal static double Option(PrunerDefinition pruner, string name, double otherwise, double least, double most, bool isWhole = true)
    {
        var value = pruner.Options.GetValueOrDefault(name, otherwise);
        if (value >= least && value <= most && (!isWhole || Math.Floor(value) == value)) return value;
        throw new ArgumentException(FormattableString.Invariant(
            $"The option '{name}' of the pruner '{pruner.Name}' is {value}; it must be a {(isWhole ? "whole " : "")}number {(double.IsFinite(most) ? FormattableString.Invariant($"from {least} to {most}") : FormattableString.Invariant($"of at least {least}"))}."));
    }
}
