using Vilfredo.Inference.Routing.Metrics;
using Vilfredo.Inference.Routing.Records;
using Vilfredo.Inference.Strategies.Cascades;

namespace Vilfredo.Inference.Routing.Cascading;

/// <summary>Recorded answers of the two tiers of a cascade to the same prompts: of the cheap tier alone, of the cheap tier with the score of its answer, and of the dear tier.</summary>
public sealed class CascadeTable
{
    private readonly RoutingTable _table;

    private CascadeTable(RoutingTable table) => _table = table;

    /// <summary>The number of prompts.</summary>
    public int Count => _table.Prompts.Count;

    /// <summary>The table of three candidates, in prompts that all of them have answered at a known cost.</summary>
    /// <param name="table">Their answers; the confidence of <paramref name="scored"/> is the score, and its cost includes what scores it.</param>
    /// <param name="cheap">The cheap tier alone.</param>
    /// <param name="scored">The cheap tier with its score; the same name where the score costs nothing.</param>
    /// <param name="dear">The dear tier.</param>
    /// <exception cref="ArgumentException">There is no candidate of a name, no prompt that all have answered, or no score at all.</exception>
    public static CascadeTable Of(RoutingTable table, string cheap, string scored, string dear)
    {
        ArgumentNullException.ThrowIfNull(table);
        var all = table.Of([cheap, scored, dear]).Complete();
        if (all.Prompts.Count == 0)
            throw new ArgumentException($"No prompt has an answer of all of {cheap}, {scored} and {dear} at a known cost; record answers first.", nameof(table));
        if (all.Confidence.All(row => double.IsNaN(row[1])))
            throw new ArgumentException($"'{scored}' has no scores; it must say how sure it is, as a vote does, or as 'strategy: cascade' with one tier and 'check_last: true'.", nameof(scored));
        return new(all);
    }

    /// <summary>The prompts of which something holds.</summary>
    public CascadeTable Where(Func<RoutedPrompt, bool> holds) => new(_table.Where(holds));

    /// <summary>The score of the cheap answer to a prompt, in [0, 1]; NaN where there is none.</summary>
    public double ScoreOf(int prompt) => _table.Confidence[prompt][1];

    /// <summary>Whether the answers to a prompt are right: of the cheap tier (the one that was scored) and of the dear one, in [0, 1].</summary>
    public (double Cheap, double Dear) QualityOf(int prompt) => (_table.Quality[prompt][1], _table.Quality[prompt][2]);

    /// <summary>The mean costs of an answer: of the cheap tier, of it with its score, and of the dear tier.</summary>
    public (double Cheap, double Scored, double Dear) Costs => (RoutingTable.MeanOf(_table.Cost, 0), RoutingTable.MeanOf(_table.Cost, 1), RoutingTable.MeanOf(_table.Cost, 2));

    /// <summary>Quality and cost on one prompt of one of the three: 0 for the cheap tier, 1 with its score, 2 for the dear tier.</summary>
    internal CurvePoint At(int prompt, int way) => new(_table.Cost[prompt][way], _table.Quality[prompt][way]);

    /// <summary>Quality and cost of a policy's answer to one prompt.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="prompt">The prompt.</param>
    public CurvePoint Answer(CascadePolicy policy, int prompt)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Start != CascadeStart.Verify)
            return At(prompt, policy.Start == CascadeStart.Keep ? 0 : 2);
        var (scored, dear) = (At(prompt, 1), At(prompt, 2));
        return policy.KeepsAt(ScoreOf(prompt)) ? scored : new(scored.Cost + dear.Cost, dear.Quality);
    }

    /// <summary>Mean quality and cost over all prompts of what is said of each.</summary>
    internal CurvePoint Mean(Func<int, CurvePoint> answer)
    {
        var (cost, quality) = (0.0, 0.0);
        for (var prompt = 0; prompt < Count; prompt++)
        {
            var point = answer(prompt);
            (cost, quality) = (cost + point.Cost, quality + point.Quality);
        }

        return new(cost / Count, quality / Count);
    }
}
