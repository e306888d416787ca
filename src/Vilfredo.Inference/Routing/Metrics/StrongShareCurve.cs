namespace Vilfredo.Inference.Routing.Metrics;

/// <summary>Quality against the share of calls of the strong model, over all thresholds of a router between two models (RouteLLM).</summary>
public static class StrongShareCurve
{
    /// <summary>The curve of a router. Prompts with equal scores go one way together, so a constant score has two points alone.</summary>
    /// <param name="scores">For each prompt the score from which the strong model is chosen, such as its win probability.</param>
    /// <param name="weak">For each prompt the quality of the weak model.</param>
    /// <param name="strong">For each prompt the quality of the strong model.</param>
    public static QualityCostCurve Of(IReadOnlyList<double> scores, IReadOnlyList<double> weak, IReadOnlyList<double> strong)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(weak);
        ArgumentNullException.ThrowIfNull(strong);
        if (scores.Count == 0 || scores.Count != weak.Count || scores.Count != strong.Count)
            throw new ArgumentException($"{scores.Count} scores, {weak.Count} weak and {strong.Count} strong qualities were given; give one of each for at least one prompt.", nameof(scores));
        var (count, sum, calls) = (scores.Count, weak.Sum(), 0);
        List<CurvePoint> points = [new(0, sum / count)];
        foreach (var group in Enumerable.Range(0, count).GroupBy(prompt => scores[prompt]).OrderByDescending(group => group.Key))
        {
            foreach (var prompt in group)
            {
                sum += strong[prompt] - weak[prompt];
                calls++;
            }

            points.Add(new((double)calls / count, sum / count));
        }

        return new(points);
    }

    /// <summary>The curve of a router that knows the answers' qualities beforehand: the bound of all.</summary>
    /// <param name="weak">For each prompt the quality of the weak model.</param>
    /// <param name="strong">For each prompt the quality of the strong model.</param>
    public static QualityCostCurve Oracle(IReadOnlyList<double> weak, IReadOnlyList<double> strong)
    {
        ArgumentNullException.ThrowIfNull(weak);
        ArgumentNullException.ThrowIfNull(strong);
        return Of([.. strong.Zip(weak, (dear, cheap) => dear - cheap)], weak, strong);
    }
}
