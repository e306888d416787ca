namespace Vilfredo.Optimization.Problems;

/// <summary>
/// The large problems of MaF: 20 variables per objective, of which groups of different sizes, all linked to the first one, make the distance of each objective.
/// </summary>
public abstract class MafGroupedProblem : MafProblem
{
    private const int PerObjective = 20, GroupsPerObjective = 2;

    private readonly int[] sizes; // of each of an objective's two groups

    private protected MafGroupedProblem(int number, int objectives)
        : base(number, objectives, CreateSpace(objectives))
    {
        // Sizes in proportion to a chaotic sequence.
        var shares = new double[objectives];
        shares[0] = 3.8 * 0.1 * (1 - 0.1);
        for (var m = 1; m < objectives; m++) shares[m] = 3.8 * shares[m - 1] * (1 - shares[m - 1]);
        var distances = Space.Count - objectives + 1;
        sizes = [.. shares.Select(share => (int)Math.Floor(share / shares.Sum() * distances / GroupsPerObjective))];
    }

    /// <summary>The factor of a distance variable, from its number (from 1) over the number of variables.</summary>
    private protected abstract double Link(double place);

    /// <summary>The distance of a group, 0 at best.</summary>
    private protected abstract double GroupDistance(ReadOnlySpan<double> group, int objective);

    /// <summary>Writes the distance of each objective.</summary>
    private protected void Distances(ReadOnlySpan<double> x, Span<double> distances)
    {
        var linked = new double[x.Length];
        for (var i = ObjectiveCount - 1; i < x.Length; i++) linked[i] = Link((i + 1.0) / x.Length) * x[i] - 10 * x[0];
        var start = ObjectiveCount - 1;
        for (var m = 0; m < distances.Length; m++)
        {
            distances[m] = 0;
            for (var group = 0; group < GroupsPerObjective; group++, start += sizes[m])
                distances[m] += GroupDistance(linked.AsSpan(start, sizes[m]), m);
            distances[m] /= sizes[m] * GroupsPerObjective;
        }
    }

    private static DecisionSpace CreateSpace(int objectives)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 2);
        return new([.. Enumerable.Range(1, PerObjective * objectives).Select(i => Variable.Real($"x{i}", 0, i < objectives ? 1 : 10))]);
    }
}
