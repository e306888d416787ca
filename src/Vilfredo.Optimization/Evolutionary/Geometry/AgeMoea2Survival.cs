namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The survival of AGE-MOEA-II: whole fronts from the best on; of the front that does not fit, the points of the best score.
/// </summary>
/// <remarks>
/// Source: Panichella 2022. In the first front, normalised, the extremes have an infinite score, and then the point comes that is farthest from the two
/// nearest of those that came before, along the surface of the sum of p-th powers being 1, and over its own distance from the ideal point; p
/// is that of the point nearest to the ideal one. Points of other fronts have one over that distance. O(n^2 * objectives).
/// </remarks>
internal sealed class AgeMoea2Survival(int objectiveCount) : ISurvival
{
    private const double Farthest = 1e15;

    private readonly ConstrainedRanking ranking = new(objectiveCount);

    // Keeps working memory only: ideal point and curvature are those of the current front.
    public ISurvival Copy() => new AgeMoea2Survival(objectiveCount);

    public int Select(
        ReadOnlySpan<double> objectives,
        ReadOnlySpan<double> violations,
        int survivors,
        Span<int> indices,
        Span<int> ranks,
        Span<double> crowding,
        ReadOnlySpan<bool> copies,
        ulong seed)
    {
        var fronts = RankedFronts.Of(ranking, objectives, objectiveCount, violations, copies);
        survivors = Math.Min(survivors, fronts.RankOf.Length);
        var surface = fronts.IsProper(0) ? FrontSurface.Of(objectives, objectiveCount, fronts[0]) : null;

        var selected = 0;
        for (var rank = 0; selected < survivors; rank++)
        {
            var front = fronts[rank].ToArray();
            var scores = new double[front.Length];
            if (surface is not null && fronts.IsProper(rank))
            {
                if (rank == 0) Spread(surface, scores);
                else for (var i = 0; i < front.Length; i++) scores[i] = 1 / surface.DistanceOf(objectives.Slice(front[i] * objectiveCount, objectiveCount));
                Array.Sort([.. scores.Select((score, i) => (-score, i))], front);
                Array.Sort(scores);
                Array.Reverse(scores);
            }

            for (var i = 0; i < front.Length && selected < survivors; i++, selected++)
            {
                indices[selected] = front[i];
                ranks[selected] = fronts.RankOf[front[i]];
                crowding[selected] = Math.Min(scores[i], Farthest);
            }
        }

        return selected;
    }

    private static void Spread(FrontSurface surface, double[] scores)
    {
        var count = scores.Length;
        var (first, second) = (new double[count], new double[count]); // distances to the two nearest of those that came before
        first.AsSpan().Fill(double.PositiveInfinity);
        second.AsSpan().Fill(double.PositiveInfinity);
        var isChosen = new bool[count];
        foreach (var extreme in surface.Extremes)
        {
            if (isChosen[extreme]) continue;
            Choose(extreme, double.PositiveInfinity);
        }

        for (var left = isChosen.Count(chosen => !chosen); left > 0; left--)
        {
            var (best, value) = (-1, double.NegativeInfinity);
            for (var i = 0; i < count; i++)
            {
                if (isChosen[i]) continue;
                var score = (double.IsFinite(second[i]) ? first[i] + second[i] : first[i]) / surface.LengthOf(i);
                if (score > value) (best, value) = (i, score);
            }

            Choose(best, value);
        }

        void Choose(int chosen, double score)
        {
            isChosen[chosen] = true;
            scores[chosen] = score;
            for (var i = 0; i < count; i++)
            {
                if (isChosen[i]) continue;
                var distance = surface.Between(i, chosen);
                if (distance < first[i]) (first[i], second[i]) = (distance, first[i]);
                else if (distance < second[i]) second[i] = distance;
            }
        }
    }
}
