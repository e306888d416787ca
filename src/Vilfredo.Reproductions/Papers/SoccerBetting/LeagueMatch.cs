namespace Vilfredo.Reproductions.Papers;

/// <summary>A played match of the German first division.</summary>
/// <param name="Season">The year in which its season began.</param>
/// <param name="Date">The day.</param>
/// <param name="Home">The home team.</param>
/// <param name="Away">The other team.</param>
/// <param name="HomeGoals">Goals of the home team.</param>
/// <param name="AwayGoals">Goals of the other team.</param>
internal sealed record LeagueMatch(int Season, DateOnly Date, string Home, string Away, int HomeGoals, int AwayGoals)
{
    /// <summary>0 home win, 1 draw, 2 away win.</summary>
    public int Outcome => HomeGoals > AwayGoals ? 0 : HomeGoals == AwayGoals ? 1 : 2;
}
