using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Strategies.Ensembles;

/// <summary>Independent attempts, clustered by how alike their whole texts are; the most typical text of the largest cluster is the answer. For questions whose answers cannot be picked out of the text; where they can, <see cref="MajorityVotingStrategy"/> counts them.</summary>
/// <remarks>
/// Two attempts are in one cluster when a chain of attempts joins them whose neighbours are at least as similar as the threshold (single linkage), so that clusters do not depend on the order of attempts.
/// The similarity is that of <see cref="TextSimilarity"/>, for calls of tools that of their canonical form. The typical text is the one with the largest mean similarity to its cluster.
/// Attempts that were cut off or are empty stay out. Earlier ones win ties. The confidence is the cluster's share of all attempts that did not fail.
/// </remarks>
public sealed class SelfConsistencyStrategy : InferenceStrategy
{
    private readonly int _attempts;
    private readonly double _threshold;
    private readonly double _temperature;

    /// <summary>A choice by similarity.</summary>
    /// <param name="attempts">The number of attempts, at least 1.</param>
    /// <param name="threshold">The similarity from which two attempts are neighbours, in [0, 1].</param>
    /// <param name="temperature">Where the caller sets none.</param>
    public SelfConsistencyStrategy(int attempts = 5, double threshold = 0.8, double temperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(temperature);
        (_attempts, _threshold, _temperature) = (attempts, threshold, temperature);
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "self_consistency", "the most typical of the largest group of similar texts among n attempts",
        [
            CommonKnobs.Attempts("5"), new("similarity", KnobKind.Number, "similarity from which two texts are alike, from 0 to 1", "0.8") { Minimum = 0, Maximum = 1 },
            CommonKnobs.Temperature("1"),
        ],
        values => new SelfConsistencyStrategy(values.Integer("n"), values.Number("similarity")!.Value, values.Number("temperature")!.Value))
    { Source = "Wang et al., arXiv 2203.11171, in the form of optillm: whole texts" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => CallPlan.Fixed(_attempts, 1);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        VotingStrategy.WarnOfNoDiversity(run, _attempts, _temperature);
        var candidates = await run.SampleAsync(_attempts, new() { Role = CallRole.Sample, Temperature = _temperature }, cancellation).ConfigureAwait(false);
        var compared = candidates.Where(candidate => candidate is { IsEmpty: false, IsTruncated: false }).ToList();
        if (compared.Count == 0)
            return StrategyOutcome.Of(candidates.FirstOrDefault(candidate => !candidate.IsEmpty, candidates[0]), candidates, 0);
        var similarities = SimilaritiesOf(compared);
        var clusters = Clusters(similarities, _threshold);
        var largest = clusters.MaxBy(cluster => cluster.Count)!;
        return StrategyOutcome.Of(compared[TypicalOf(largest, similarities)], candidates, (double)largest.Count / candidates.Count);
    }

    /// <summary>The parts of a graph of neighbours that hang together, the members of each in order, and they by their first members.</summary>
    internal static List<List<int>> Clusters(double[,] similarities, double threshold)
    {
        var clusters = new List<List<int>>();
        var seen = new bool[similarities.GetLength(0)];
        for (var first = 0; first < seen.Length; first++)
        {
            if (seen[first])
                continue;
            var cluster = new List<int> { first };
            seen[first] = true;
            for (var at = 0; at < cluster.Count; at++)
            {
                for (var other = 0; other < seen.Length; other++)
                {
                    if (seen[other] || similarities[cluster[at], other] < threshold)
                        continue;
                    seen[other] = true;
                    cluster.Add(other);
                }
            }

            cluster.Sort();
            clusters.Add(cluster);
        }

        return clusters;
    }

    /// <summary>The member with the largest mean similarity to a cluster.</summary>
    internal static int TypicalOf(IReadOnlyList<int> cluster, double[,] similarities) => cluster.MaxBy(member => cluster.Average(other => similarities[member, other]));

    private static double[,] SimilaritiesOf(List<Candidate> candidates)
    {
        var profiles = candidates.Select(candidate => TextSimilarity.Profile(ToolCallAnswers.Of(candidate.Response) ?? candidate.Text)).ToList();
        var similarities = new double[profiles.Count, profiles.Count];
        for (var i = 0; i < profiles.Count; i++)
        {
            for (var j = 0; j <= i; j++)
                similarities[i, j] = similarities[j, i] = i == j ? 1 : TextSimilarity.Of(profiles[i], profiles[j]);
        }

        return similarities;
    }
}
