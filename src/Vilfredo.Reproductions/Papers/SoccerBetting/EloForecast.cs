using Vilfredo.Measurement.PoolBets;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Chances of a league's matches from nothing but earlier results: ratings after Elo, and a logistic model of home win, draw and away
/// win fitted to the seasons before.
/// </summary>
/// <remarks>
/// With d the difference of the ratings in hundreds of points: home win, draw and away win have weights e^(h + b d), e^v and
/// e^−(h + b d). h, v and b maximise the likelihood of the preceding <see cref="FittedSeasons"/> seasons. Newcomers to the league
/// take over the mean rating of those who left. Nothing was tuned: 20 points per match and 60 points for playing at home are customary.
/// </remarks>
internal sealed class EloForecast
{
    private const double PointsPerMatch = 20;
    private const double HomePoints = 60;
    private const double Initial = 1500;
    private const int FittedSeasons = 5;
    private const int MostCycles = 200;
    private const double Converged = 1e-9;

    private readonly List<(LeagueMatch Match, double Difference)> rated = [];
    private readonly Dictionary<int, double[]> parameters = [];

    /// <summary>Rates the teams through all matches.</summary>
    /// <param name="matches">In the order of time.</param>
    public EloForecast(IEnumerable<LeagueMatch> matches)
    {
        Dictionary<string, double> ratings = [];
        foreach (var season in matches.GroupBy(match => match.Season))
        {
            ratings = Promote(ratings, [.. season.Select(match => match.Home).Distinct()]);
            foreach (var match in season)
            {
                var difference = ratings[match.Home] - ratings[match.Away];
                rated.Add((match, difference / 100));
                var expected = 1 / (1 + Math.Pow(10, -(difference + HomePoints) / 400));
                var points = PointsPerMatch * (1 - match.Outcome / 2.0 - expected);
                ratings[match.Home] += points;
                ratings[match.Away] -= points;
            }
        }
    }

    /// <summary>A season's matches with the chances that could be known before each of them.</summary>
    public IReadOnlyList<(LeagueMatch Match, OutcomeProbabilities Chances)> Season(int season)
    {
        if (!parameters.TryGetValue(season, out var fitted)) parameters[season] = fitted = Fit(season);
        return [.. rated.Where(entry => entry.Match.Season == season)
            .Select(entry => (entry.Match, new OutcomeProbabilities(Chances(fitted, entry.Difference))))];
    }

    private static Dictionary<string, double> Promote(Dictionary<string, double> before, string[] teams)
    {
        double[] left = [.. before.Where(team => !teams.Contains(team.Key)).Select(team => team.Value)];
        var newcomer = left.Length > 0 ? left.Average() : Initial;
        return teams.ToDictionary(team => team, team => before.GetValueOrDefault(team, newcomer));
    }

    // The log-likelihood is concave: one Newton step per parameter in turn.
    private double[] Fit(int season)
    {
        (int Outcome, double Difference)[] past = [.. rated
            .Where(entry => entry.Match.Season >= season - FittedSeasons && entry.Match.Season < season)
            .Select(entry => (entry.Match.Outcome, entry.Difference))];
        double[] values = [0, 0, 0];
        for (var cycle = 0; cycle < MostCycles; cycle++)
        {
            var largest = 0.0;
            for (var k = 0; k < values.Length; k++)
            {
                double gradient = 0, curvature = 0;
                foreach (var (outcome, difference) in past)
                {
                    var chances = Chances(values, difference);
                    double[] feature = k switch { 0 => [1, 0, -1], 1 => [0, 1, 0], _ => [difference, 0, -difference] };
                    var (mean, square) = (0.0, 0.0);
                    for (var j = 0; j < 3; j++) (mean, square) = (mean + chances[j] * feature[j], square + chances[j] * feature[j] * feature[j]);
                    gradient += feature[outcome] - mean;
                    curvature += square - mean * mean;
                }

                values[k] += gradient / curvature;
                largest = Math.Max(largest, Math.Abs(gradient / curvature));
            }

            if (largest < Converged) break;
        }

        return values;
    }

    private static double[] Chances(double[] parameters, double difference)
    {
        var strength = parameters[0] + parameters[2] * difference;
        double[] weights = [Math.Exp(strength), Math.Exp(parameters[1]), Math.Exp(-strength)];
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }
}
