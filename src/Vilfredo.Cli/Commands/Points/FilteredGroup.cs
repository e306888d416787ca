namespace Vilfredo.Cli.Commands.Points;

/// <summary>Data sets that were filtered as one.</summary>
/// <param name="Sets">The data sets.</param>
/// <param name="Kept">The rows that stay, ascending, counted through all data sets.</param>
internal sealed record FilteredGroup(IReadOnlyList<DataSet> Sets, int[] Kept)
{
    /// <summary>The points that stay: the data set and the row within it.</summary>
    public IEnumerable<(DataSet Set, int Row)> Points()
    {
        var set = 0;
        var before = 0;
        foreach (var index in Kept)
        {
            while (index - before >= Sets[set].Source.Count)
                before += Sets[set++].Source.Count;
            yield return (Sets[set], index - before);
        }
    }
}
