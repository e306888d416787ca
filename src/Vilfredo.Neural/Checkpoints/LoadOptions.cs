namespace Vilfredo.Neural.Checkpoints;

/// <summary>Which differences between a checkpoint and a module are allowed.</summary>
public sealed record LoadOptions
{
    /// <summary>Whether a missing or unexpected name is an error. A shape that differs always is.</summary>
    public bool Strict { get; init; } = true;

    /// <summary>Tried in front of a name that the module does not have: some checkpoints leave it out.</summary>
    public string Prefix { get; init; } = "model.";

    /// <summary>Names that end in one of these are skipped: they are computed, not learned.</summary>
    public IReadOnlyList<string> IgnoredSuffixes { get; init; } = ["rotary_emb.inv_freq"];

    internal bool Ignores(string name) => IgnoredSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal));
}
