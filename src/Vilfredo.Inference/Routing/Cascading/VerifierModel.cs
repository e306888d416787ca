using Vilfredo.Inference.Strategies.Cascades;

namespace Vilfredo.Inference.Routing.Cascading;

/// <summary>
/// AutoMix's meta-verifier (Aggarwal et al., arXiv 2310.12963): a partially observed decision process whose hidden state says which of two tiers is right, and whose observation is the verifier's score in one of some bins. The
/// prior of the four states and the chance of each bin in each state are counted on recorded answers; <see cref="Solve"/> finds the decisions of the highest expected quality less λ times cost.
/// </summary>
/// <remarks>
/// The process has two steps, so it is solved exactly: at the belief after each bin the answer is kept or the question goes up, and before there is a score the better of verifying, keeping and going up at once is taken, which
/// AutoMix does not consider. Bins hold about as many prompts each, and one value each where there are no more values than bins; in AutoMix they are equally wide, which suits shares of samples and puts the scores of
/// log-probabilities, all near 1, into one bin. Counts begin at ½ for each bin and each state (Jeffreys' prior), which is ours. O(prompts log prompts).
/// </remarks>
public sealed class VerifierModel
{
    /// <summary>The number of bins in AutoMix.</summary>
    public const int DefaultBins = 8;

    private const double Prior = 0.5;

    private readonly double[,] _joint; // states x (bins and, last, no score): P(state and bin)
    private readonly (double Cheap, double Scored, double Dear) _costs;

    private VerifierModel(double[,] joint, (double Cheap, double Scored, double Dear) costs, IReadOnlyList<double> edges) => (_joint, _costs, Edges) = (joint, costs, edges);

    /// <summary>The number of bins.</summary>
    public int Bins => Edges.Count + 1;

    /// <summary>The edges of the bins, ascending; a score on an edge belongs to the bin above it.</summary>
    public IReadOnlyList<double> Edges { get; }

    /// <summary>Learns from recorded answers. A quality between 0 and 1 counts as right and wrong in these shares.</summary>
    /// <param name="table">The answers; at least one prompt.</param>
    /// <param name="bins">The most bins, at least 1.</param>
    public static VerifierModel Of(CascadeTable table, int bins = DefaultBins)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(table.Count, 1, nameof(table));
        var edges = EdgesOf([.. Enumerable.Range(0, table.Count).Select(table.ScoreOf).Where(double.IsFinite).Order()], bins);
        bins = edges.Count + 1;
        var counts = new double[4, bins + 1];
        for (var prompt = 0; prompt < table.Count; prompt++)
        {
            var (score, (cheap, dear)) = (table.ScoreOf(prompt), table.QualityOf(prompt));
            var bin = double.IsNaN(score) ? bins : edges.Count(edge => edge <= score);
            for (var state = 0; state < 4; state++)
                counts[state, bin] += (IsRight(state, 0) ? cheap : 1 - cheap) * (IsRight(state, 1) ? dear : 1 - dear);
        }

        var joint = new double[4, bins + 1];
        for (var state = 0; state < 4; state++)
        {
            var seen = Enumerable.Range(0, bins + 1).Sum(bin => counts[state, bin]);
            // That a verifier may give no score at all is only taken into account where it happened.
            var missing = counts[state, bins] / Math.Max(seen, 1e-300);
            for (var bin = 0; bin <= bins; bin++)
            {
                var chance = bin == bins ? missing : (1 - missing) * (counts[state, bin] + Prior) / (seen - counts[state, bins] + (Prior * bins));
                joint[state, bin] = (seen + Prior) / (table.Count + (4 * Prior)) * chance;
            }
        }

        return new(joint, table.Costs, edges);
    }

    /// <summary>The probabilities, given a bin, that the cheap and that the dear tier are right: the belief as far as decisions need it.</summary>
    /// <param name="bin">The bin, from 0.</param>
    public (double Cheap, double Dear) BeliefAt(int bin)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bin);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bin, Bins);
        var all = ChanceOf(bin);
        return (Right(bin, 0) / all, Right(bin, 1) / all);
    }

    /// <summary>The decisions of the highest expected quality less λ times cost; of equals the cheaper one.</summary>
    /// <param name="lambda">λ, at least 0.</param>
    public (CascadeStart Start, IReadOnlyList<bool> Keeps, double Value) Solve(double lambda)
    {
        if (!(lambda >= 0))
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "The price of quality is at least 0.");
        var keeps = new bool[Bins];
        var verify = Right(Bins, 1) - (ChanceOf(Bins) * lambda * _costs.Dear) - (lambda * _costs.Scored);
        for (var bin = 0; bin < Bins; bin++)
        {
            var (kept, up) = (Right(bin, 0), Right(bin, 1) - (ChanceOf(bin) * lambda * _costs.Dear));
            keeps[bin] = kept >= up;
            verify += Math.Max(kept, up);
        }

        var keep = Enumerable.Range(0, Bins + 1).Sum(bin => Right(bin, 0)) - (lambda * _costs.Cheap);
        var escalate = Enumerable.Range(0, Bins + 1).Sum(bin => Right(bin, 1)) - (lambda * _costs.Dear);
        var best = Math.Max(verify, Math.Max(keep, escalate));
        // Sums in another order differ in their last digits.
        const double Equal = 1e-12;
        var start = keep >= best - Equal ? CascadeStart.Keep : escalate >= best - Equal ? CascadeStart.Escalate : CascadeStart.Verify;
        return (start, keeps, best);
    }

    private static IReadOnlyList<double> EdgesOf(double[] ordered, int bins)
    {
        double[] distinct = [.. ordered.Distinct()];
        return distinct.Length <= bins
            ? [.. distinct.Skip(1)]
            : [.. Enumerable.Range(1, bins - 1).Select(bin => ordered[(int)((long)bin * ordered.Length / bins)]).Distinct().Where(edge => edge > ordered[0])];
    }

    private static bool IsRight(int state, int tier) => (state >> tier & 1) == 1;

    private double ChanceOf(int bin) => _joint[0, bin] + _joint[1, bin] + _joint[2, bin] + _joint[3, bin];

    // P(the tier is right and the bin is seen).
    private double Right(int bin, int tier) => Enumerable.Range(0, 4).Where(state => IsRight(state, tier)).Sum(state => _joint[state, bin]);
}
