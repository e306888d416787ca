using Microsoft.Extensions.AI;
using Vilfredo.Inference.Routing.Bandits;
using Vilfredo.Inference.Routing.Featurization;
using Vilfredo.Inference.Routing.Rules;

namespace Vilfredo.Inference.Tests.Routing;

public class BanditTests
{
    private static readonly double[] Means = [0.3, 0.5, 0.8];

    public static TheoryData<string> Kinds => ["thompson", "ucb", "linucb"];

    private static IBandit Bandit(string kind, int candidates = 3, int features = 1) => kind switch
    {
        "thompson" => new ThompsonBandit(candidates),
        "ucb" => new UpperConfidenceBandit(candidates, 0.5),
        _ => new LinearUpperConfidenceBandit(candidates, features),
    };

    private static int Best(IReadOnlyList<double> values) => Enumerable.Range(0, values.Count).MaxBy(i => values[i]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Regret_grows_more_slowly_than_time(string kind)
    {
        const int Rounds = 4000;
        var (early, late) = (0.0, 0.0);
        for (var run = 0UL; run < 5; run++)
        {
            var (bandit, random) = (Bandit(kind), new RandomGenerator(7, run));
            for (var t = 0; t < Rounds; t++)
            {
                var taken = Best(bandit.Values([1], random));
                bandit.Learn(taken, [1], random.NextBoolean(Means[taken]) ? 1 : 0);
                if (t < Rounds / 10)
                    early += Means[2] - Means[taken];
                else
                    late += Means[2] - Means[taken];
            }
        }

        // Nine times the rounds after the first tenth, and less than three times its regret; linear regret would be nine times.
        Assert.True(late < 3 * early, $"{kind}: {early} then {late}");
        Assert.True(early + late < 5 * Rounds * (Means[2] - Means.Average()) / 5, $"{kind}: {early + late}");
    }

    [Fact]
    public void A_context_tells_which_candidate_is_good_where()
    {
        var (bandit, random, right) = (new LinearUpperConfidenceBandit(2, 2), new RandomGenerator(3), 0);
        for (var t = 0; t < 1000; t++)
        {
            var kind = random.NextInt32(2);
            double[] context = kind == 0 ? [1, 0] : [0, 1];
            var taken = Best(bandit.Values(context, random));
            bandit.Learn(taken, context, random.NextBoolean(taken == kind ? 0.9 : 0.2) ? 1 : 0);
            right += t >= 500 && taken == kind ? 1 : 0;
        }

        Assert.InRange(right, 450, 500);
    }

    [Fact]
    public void The_inverse_is_kept_up_to_date_exactly()
    {
        var bandit = new LinearUpperConfidenceBandit(1, 2, 0, 2);
        bandit.Learn(0, [1, 2], 1);
        bandit.Learn(0, [0.5, -1], 0.5);
        // A = 2 I + x xᵀ + y yᵀ = [3.25, 1.5; 1.5, 7], b = x + y/2 = [1.25, 1.5].
        var determinant = (3.25 * 7) - (1.5 * 1.5);
        double[] theta = [((7 * 1.25) - (1.5 * 1.5)) / determinant, ((3.25 * 1.5) - (1.5 * 1.25)) / determinant];
        Assert.Equal((3 * theta[0]) - theta[1], bandit.Values([3, -1], new(1))[0], 1e-12);
        Assert.Throws<ArgumentException>(() => bandit.Values([1], new(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => bandit.Learn(0, [1, 1], 2));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_learnt_is_kept_and_goes_on_the_same(string kind)
    {
        var (bandit, random) = (Bandit(kind), new RandomGenerator(5));
        for (var t = 0; t < 50; t++)
            bandit.Learn(t % 3, [1], random.NextDouble());
        var again = BanditState.FromJson(bandit.Save().ToJson()).Open();
        Assert.Equal(bandit.Values([1], new(9)), again.Values([1], new(9)));
        foreach (var bad in (string[])["", "{}", "null", bandit.Save().ToJson().Replace(kind, "pickle", StringComparison.Ordinal), bandit.Save().ToJson().Replace("[17", "[-17", StringComparison.Ordinal), bandit.Save().ToJson()[..^1] + ",\"more\":1}"])
            Assert.Throws<FormatException>(() => BanditState.FromJson(bad));
    }

    [Fact]
    public async Task A_router_learns_from_verdicts_while_it_is_used()
    {
        var features = new HashedFeatures(8);
        var router = new BanditRouter(["cheap", "dear"], new ThompsonBandit(2), features, new(1));
        CandidateMeasure[] measures = [new("cheap", 0.5, 1, 1), new("dear", 0.5, 2, 1)];
        ChatMessage[] conversation = [new(ChatRole.User, "What is it?")];
        var (rule, dear) = (new UtilityRule { Lambda = 0.05 }, 0);
        for (var t = 0; t < 400; t++)
        {
            var taken = rule.Rank(await router.PredictAsync(conversation, default), measures)[0];
            await router.LearnAsync(conversation, taken, taken == 1 ? 0.9 : 0.3, default);
            dear += t >= 200 ? taken : 0;
        }

        Assert.InRange(dear, 190, 200);
        Assert.Throws<ArgumentException>(() => new BanditRouter(["one"], new ThompsonBandit(2), features, new(1)));
    }
}
