using System.Globalization;
using Vilfredo.IO;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// The results of the German first division, seasons 1993/94 to 2025/26: 10,098 matches, from github.com/datasets/football-datasets,
/// which puts them under PDDL 1.0 (public domain).
/// </summary>
internal static class LeagueResults
{
    private const string File = "bundesliga_results.csv";

    /// <summary>All matches in the order of time.</summary>
    public static IReadOnlyList<LeagueMatch> All { get; } = Read();

    /// <summary>The share of home wins in some seasons.</summary>
    public static double HomeWins(int firstSeason, int lastSeason)
    {
        LeagueMatch[] matches = [.. All.Where(match => match.Season >= firstSeason && match.Season <= lastSeason)];
        return (double)matches.Count(match => match.Outcome == 0) / matches.Length;
    }

    /// <summary>The share of a season's matches that the team won which stood higher in its final table.</summary>
    public static double WinsOfTheHigherPlaced(int season)
    {
        LeagueMatch[] matches = [.. All.Where(match => match.Season == season)];
        var table = new Dictionary<string, (int Points, int Difference, int Goals)>();
        void Add(string team, int goals, int against)
        {
            var (points, difference, scored) = table.GetValueOrDefault(team);
            table[team] = (points + (goals > against ? 3 : goals == against ? 1 : 0), difference + goals - against, scored + goals);
        }

        foreach (var match in matches)
        {
            Add(match.Home, match.HomeGoals, match.AwayGoals);
            Add(match.Away, match.AwayGoals, match.HomeGoals);
        }

        return (double)matches.Count(match => match.Outcome == (table[match.Home].CompareTo(table[match.Away]) > 0 ? 0 : 2)) / matches.Length;
    }

    private static LeagueMatch[] Read()
    {
        using var text = new StreamReader(typeof(LeagueResults).Assembly.GetManifestResourceStream(File)!);
        using var csv = new CsvReader(text, File, ',');
        csv.Read(); // season,date,home,away,home_goals,away_goals,result
        var matches = new List<LeagueMatch>();
        while (csv.Read())
        {
            var fields = csv.Fields;
            matches.Add(new LeagueMatch(
                Number(fields[0][..4]), DateOnly.ParseExact(fields[1], "yyyy-MM-dd", CultureInfo.InvariantCulture), fields[2], fields[3],
                Number(fields[4]), Number(fields[5])));
        }

        return [.. matches.OrderBy(match => match.Date)];
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
