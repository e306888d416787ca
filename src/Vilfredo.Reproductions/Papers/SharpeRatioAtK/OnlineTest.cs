using Vilfredo.Statistics;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// A simulated A/B test of a shortlist: equal traffic for some rounds, then the policy that did best for the rest.
/// </summary>
internal static class OnlineTest
{
    private const int TestRounds = 10;
    private const int TrajectoriesPerRound = 10; // per policy
    private const int RoundsOfTheWinner = 100;
    private const double LeastShortfall = 0.05; // of the baseline's value: no test is without risk

    /// <summary>Realised value per round over the largest shortfall of a test round below the policy in use.</summary>
    public static double ValuePerShortfall(TabularTrial trial, IReadOnlyList<int> shortlist, RandomGenerator random)
    {
        var totals = new double[shortlist.Count];
        var (realized, worst) = (0.0, double.PositiveInfinity);
        for (var round = 0; round < TestRounds; round++)
        {
            var sum = 0.0;
            for (var i = 0; i < totals.Length; i++)
            {
                var value = Descriptive.Mean(trial.Problem.Generate(trial.Candidates[shortlist[i]], TrajectoriesPerRound, random).Returns());
                totals[i] += value;
                sum += value;
            }

            realized += sum / totals.Length;
            worst = Math.Min(worst, sum / totals.Length);
        }

        var winner = shortlist[Array.IndexOf(totals, totals.Max())];
        realized += RoundsOfTheWinner * trial.TrueValues[winner];
        var shortfall = Math.Max(trial.Baseline - worst, LeastShortfall * Math.Abs(trial.Baseline));
        return realized / (TestRounds + RoundsOfTheWinner) / shortfall;
    }
}
