using Vilfredo.Inference.Strategies.Cascades;

namespace Vilfredo.Inference.Routing.Cascading;

/// <summary>Fits the decision of a cascade of two tiers to recorded answers, by search as in AutoMix: every candidate policy of a method is tried on them, and the one of the best objective is taken, of equals the cheapest. Nothing is asked.</summary>
/// <remarks>Beside those of the method, the policies that keep every cheap answer and that ask the dear tier at once are tried, so that a verifier that is not worth its cost is left out. The result wants to be judged on other prompts (<see cref="CascadeReport"/>).</remarks>
public static class CascadeFit
{
    private const int MostSingle = 256;
    private const int MostDouble = 48;
    private const int Prices = 200;

    /// <summary>The name of a method in policies and commands.</summary>
    public static string NameOf(CascadeMethod method) => method switch
    {
        CascadeMethod.SingleThreshold => "threshold",
        CascadeMethod.DoubleThreshold => "double",
        CascadeMethod.Pomdp => "pomdp",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such method."),
    };

    /// <summary>Fits a policy.</summary>
    /// <param name="table">The answers; at least one prompt.</param>
    /// <param name="method">How decisions follow from scores.</param>
    /// <param name="objective">What is wanted.</param>
    /// <param name="accept">The acceptor whose scores these are.</param>
    /// <param name="samples">The samples of each score.</param>
    /// <param name="bins">Of <see cref="CascadeMethod.Pomdp"/>, the number of bins.</param>
    /// <exception cref="ArgumentException">No policy can meet the objective; the message says why.</exception>
    public static CascadePolicy Fit(CascadeTable table, CascadeMethod method, CascadeObjective objective, string accept, int samples, int bins = VerifierModel.DefaultBins)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentException.ThrowIfNullOrEmpty(accept);
        ArgumentOutOfRangeException.ThrowIfLessThan(table.Count, 1, nameof(table));
        var (cheap, dear) = (table.Mean(prompt => table.At(prompt, 0)), table.Mean(prompt => table.At(prompt, 2)));
        var empty = new CascadePolicy { Method = NameOf(method), Accept = accept, Samples = samples, Edges = [], Keeps = [true] };
        var tried = new[] { empty with { Start = CascadeStart.Keep }, empty with { Start = CascadeStart.Escalate } }.Concat(method switch
        {
            CascadeMethod.SingleThreshold => Singles(),
            CascadeMethod.DoubleThreshold => Singles().Concat(Doubles()),
            _ => Solutions(),
        });
        CascadePolicy? best = null;
        var (value, cost) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var policy in tried)
        {
            var point = table.Mean(prompt => table.Answer(policy, prompt));
            var worth = objective.Of(point, cheap, dear);
            if (double.IsNaN(worth))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"On these {table.Count} prompts the dear tier has a quality of {dear.Quality:G4} at {dear.Cost:G4}, the cheap one {cheap.Quality:G4} at {cheap.Cost:G4}; the lift needs a dear tier that is better and dearer. Give a price of quality or a mean cost."),
                    nameof(objective));
            }

            if (worth > value || (worth == value && point.Cost < cost))
                (best, value, cost) = (policy, worth, point.Cost);
        }

        if (best is null || double.IsNegativeInfinity(value))
            throw new ArgumentException(FormattableString.Invariant($"Even the cheap tier costs {cheap.Cost:G4} for an answer."), nameof(objective));
        return best;

        IEnumerable<CascadePolicy> Singles() => Cuts(MostSingle).Select(cut => empty with { Edges = [cut], Keeps = [false, true] }).Append(empty with { Keeps = [false] }).Append(empty);

        IEnumerable<CascadePolicy> Doubles()
        {
            var cuts = Cuts(MostDouble);
            for (var low = 0; low < cuts.Count; low++)
            {
                for (var high = low + 1; high < cuts.Count; high++)
                    yield return empty with { Edges = [cuts[low], cuts[high]], Keeps = [true, false, true] };
                // All from the lower one on go up.
                yield return empty with { Edges = [cuts[low]], Keeps = [true, false] };
            }
        }

        IEnumerable<CascadePolicy> Solutions()
        {
            var model = VerifierModel.Of(table, bins);
            foreach (var lambda in objective is CascadeObjective.Utility utility ? [utility.Lambda] : PricesOf(cheap.Cost, dear.Cost))
            {
                var (start, keeps, _) = model.Solve(lambda);
                yield return empty with { Start = start, Edges = model.Edges, Keeps = keeps };
            }
        }

        // Thresholds at scores that were seen; the lowest keeps all that has a score, like no threshold.
        IReadOnlyList<double> Cuts(int most)
        {
            double[] scores = [.. Enumerable.Range(0, table.Count).Select(table.ScoreOf).Where(double.IsFinite).Distinct().Order().Skip(1)];
            return scores.Length <= most ? scores : [.. Enumerable.Range(0, most).Select(place => scores[(int)((long)place * (scores.Length - 1) / (most - 1))]).Distinct()];
        }
    }

    // From prices at which cost says nothing to prices at which it says everything.
    private static IEnumerable<double> PricesOf(double cheap, double dear)
    {
        var scale = 1 / Math.Max(Math.Abs(dear - cheap), 1e-300);
        return [0, .. Enumerable.Range(0, Prices).Select(step => scale * Math.Pow(10, -4 + (7 * step / (Prices - 1.0))))];
    }
}
