namespace Vilfredo.Reproductions.Papers;

/// <summary>A kind of simulated program.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="IsRight">Whether its answers are right.</param>
/// <param name="Factor">Its cost over the expert's, for an input of a size, given the size of level 1.</param>
internal sealed record SimulatedProgram(string Name, bool IsRight, Func<double, double, double> Factor)
{
    /// <summary>All kinds; the constants were fixed before the first run.</summary>
    public static IReadOnlyList<SimulatedProgram> All { get; } =
    [
        new("wrong", false, (_, _) => 1),
        new("expert", true, (_, _) => 1),
        new("tuned", true, (_, _) => 0.8),
        new("careless", true, (_, _) => 1.4),
        new("twice as slow", true, (_, _) => 1.9),
        new("one logarithm more", true, (n, first) => Math.Log2(n + 2) / Math.Log2(first + 2)),
        new("quadratic", true, (n, first) => 0.5 * n / first),
        new("hopeless", true, (_, _) => 4),
    ];
}
