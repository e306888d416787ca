namespace Vilfredo.Measurement.CodeEfficiency.Running.Ladders;

/// <summary>Inputs that grow from level to level, made by a generator, so that slower programs drop out one level at a time (ENAMEL, arXiv 2406.06647).</summary>
/// <remarks>
/// The generator is C# with a method <c>object[] Inputs(long size, int test, Random random)</c>, which returns the arguments of a call. It runs
/// in the sandbox as any sample does. The number of the test within its level picks the kind of input, such as a worst case; the
/// generator is seeded per test. In level 0, which screens for corner cases, the sizes of the tests go up evenly from 1 to the level's.
/// </remarks>
/// <param name="Generator">The generator's source.</param>
/// <param name="Sizes">The size of each level from 0 on, each at least 1; two levels or more.</param>
public sealed record InputLadder(string Generator, IReadOnlyList<long> Sizes)
{
    /// <summary>The number of tests of each level; <see langword="null"/> for 8 in level 0 and 4 in the others, as published.</summary>
    public IReadOnlyList<int>? TestsPerLevel { get; init; }

    /// <summary>The number of tests of a level.</summary>
    /// <param name="level">The level, from 0 on.</param>
    public int Tests(int level) => TestsPerLevel?[level] ?? (level == 0 ? 8 : 4);

    /// <summary>The size of a test.</summary>
    /// <param name="level">The level, from 0 on.</param>
    /// <param name="test">The test's number within the level, from 0 on.</param>
    public long Size(int level, int test) => level == 0 && Tests(0) > 1 ? 1 + (Sizes[0] - 1) * test / (Tests(0) - 1) : Sizes[level];
}
