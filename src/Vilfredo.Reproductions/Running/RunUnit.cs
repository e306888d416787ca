namespace Vilfredo.Reproductions;

/// <summary>The smallest piece of a study that runs by itself.</summary>
/// <param name="Method">The name of the method.</param>
/// <param name="Setting">The setting of the varied knobs; empty when there is none.</param>
/// <param name="Seed">From 1 on.</param>
public sealed record RunUnit(string Method, string Setting, int Seed)
{
    /// <summary>For example <c>DR, n=200, seed 3</c>.</summary>
    public override string ToString() => Setting.Length > 0 ? $"{Method}, {Setting}, seed {Seed}" : $"{Method}, seed {Seed}";
}
