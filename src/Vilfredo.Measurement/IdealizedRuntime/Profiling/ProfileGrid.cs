namespace Vilfredo.Measurement.IdealizedRuntime.Profiling;

/// <summary>The prompt and output lengths that are measured, every one with every other.</summary>
public sealed class ProfileGrid
{
    /// <summary>The 27 × 10 lengths of the published offline profiles.</summary>
    public static ProfileGrid Offline { get; } = new(
        [1, 16, 32, 64, 128, 192, 256, 320, 384, 428, 472, 512, 576, 640, 704, 768, 832, 896, 960, 1024, 1152, 1280, 1408, 1536, 1664, 1792, 1920],
        [1, 2, 4, 8, 12, 16, 24, 32, 48, 64]);

    /// <summary>The 5 × 7 lengths of the published profiles of endpoints.</summary>
    public static ProfileGrid Endpoint { get; } = new([1, 256, 512, 1024, 1536], [1, 2, 4, 8, 16, 32, 64]);

    /// <summary>Creates a grid.</summary>
    /// <param name="promptTokens">Prompt lengths, different, at least 1 each.</param>
    /// <param name="outputTokens">Output lengths, different, at least 1 each; 1 must be among them, and another.</param>
    /// <exception cref="ArgumentException">The lengths break these rules.</exception>
    public ProfileGrid(IReadOnlyList<int> promptTokens, IReadOnlyList<int> outputTokens)
    {
        PromptTokens = Checked(promptTokens, nameof(promptTokens));
        OutputTokens = Checked(outputTokens, nameof(outputTokens));
        if (!OutputTokens.Contains(1) || OutputTokens.Count < 2)
            throw new ArgumentException("The grid needs outputs of one token, which give the time of a prompt, and of more, which give the time per token.", nameof(outputTokens));
    }

    /// <summary>The prompt lengths.</summary>
    public IReadOnlyList<int> PromptTokens { get; }

    /// <summary>The output lengths.</summary>
    public IReadOnlyList<int> OutputTokens { get; }

    /// <summary>The number of pairs.</summary>
    public int Count => PromptTokens.Count * OutputTokens.Count;

    /// <summary>The seconds that measuring every pair once takes, by a profile.</summary>
    public double Seconds(RuntimeProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return PromptTokens.Sum(p => OutputTokens.Sum(o => profile.Estimate(p, o)));
    }

    /// <summary>
    /// How many times cheaper it is to profile and to estimate than to time all queries: seconds of timing every query
    /// <paramref name="queryRepeats"/> times over seconds of the grid with <paramref name="cellRuns"/> runs per pair.
    /// </summary>
    /// <param name="profile">The model's profile.</param>
    /// <param name="queries">The queries, at least one.</param>
    /// <param name="queryRepeats">How often each would be timed, at least 1 (the published baseline: 50).</param>
    /// <param name="cellRuns">Warm-up and timed runs of each pair, at least 1 (published: 60).</param>
    public double Saving(RuntimeProfile profile, IEnumerable<TokenQuery> queries, int queryRepeats = 50, int cellRuns = 60)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(queryRepeats, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(cellRuns, 1);
        var seconds = Seconds(profile);
        return queryRepeats * profile.Total(queries) / (cellRuns * seconds);
    }

    private static int[] Checked(IReadOnlyList<int> lengths, string name)
    {
        ArgumentNullException.ThrowIfNull(lengths, name);
        if (lengths.Count == 0) throw new ArgumentException("The grid has no lengths; give at least one.", name);
        if (lengths.Any(length => length < 1)) throw new ArgumentException($"A length of {lengths.Min()} tokens cannot be measured; lengths are at least 1.", name);
        if (lengths.Distinct().Count() < lengths.Count) throw new ArgumentException("A length is given twice; give each once.", name);
        return [.. lengths];
    }
}
