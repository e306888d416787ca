using Vilfredo.Measurement.OffPolicy;

namespace Vilfredo.Measurement.Tests.OffPolicy;

public class TabularProblemTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_value_agrees_with_the_enumeration_of_all_trajectories(ulong seed)
    {
        var problem = OffPolicyExamples.Problem(seed);
        var policy = OffPolicyExamples.Policy(seed);
        var trajectories = OffPolicyExamples.Enumerate(problem, policy).ToList();
        Assert.Equal(1, trajectories.Sum(t => t.Probability), 12);
        Assert.Equal(trajectories.Sum(t => t.Probability * t.Data.Returns()[0]), problem.Value(policy), 12);
    }

    [Fact]
    public void The_value_of_a_chain_is_a_geometric_sum()
    {
        var chain = new TabularProblem(1, 4, 0.5, [1], [1], [3]);
        Assert.Equal(3 * (1 + 0.5 + 0.25 + 0.125), chain.Value(TabularPolicy.Uniform(1, 1)), 12);
    }

    [Fact]
    public void State_distributions_sum_to_one_and_value_the_rewards()
    {
        var problem = OffPolicyExamples.Problem(5);
        var policy = OffPolicyExamples.Policy(5);
        var shares = problem.StateDistributions(policy);
        var value = 0.0;
        for (var t = 0; t < problem.Horizon; t++)
        {
            Assert.Equal(1, shares.Skip(t * 3).Take(3).Sum(), 12);
            for (var s = 0; s < 3; s++)
            {
                for (var a = 0; a < 2; a++)
                    value += Math.Pow(problem.Gamma, t) * shares[t * 3 + s] * policy[s, a] * problem.Rewards[s * 2 + a];
            }
        }

        Assert.Equal(problem.Value(policy), value, 12);
    }

    [Fact]
    public void No_policy_beats_the_optimal_values()
    {
        var problem = OffPolicyExamples.Problem(6);
        var optimal = problem.OptimalActionValues();
        Assert.All(Enumerable.Range(0, 10), seed =>
            Assert.All(problem.ActionValues(OffPolicyExamples.Policy((ulong)seed)).Zip(optimal), pair => Assert.True(pair.First <= pair.Second + 1e-12)));
    }

    [Fact]
    public void The_trap_keeps_whoever_falls_into_it_without_reward()
    {
        var problem = OffPolicyExamples.Problem(7);
        Assert.Equal([1.0, 0, 0], problem.Next(0, 1).ToArray());
        Assert.Equal(0, problem.Rewards[0]);
        Assert.Equal(0, problem.Initial[0]);
    }

    [Fact]
    public void Generated_data_is_reproducible_and_its_mean_return_is_the_value()
    {
        var problem = OffPolicyExamples.Problem(8, noise: 0.3);
        var policy = OffPolicyExamples.Policy(8);
        var data = problem.Generate(policy, 20_000, new RandomGenerator(4));
        Assert.Equal(data.Rewards.ToArray(), problem.Generate(policy, 20_000, new RandomGenerator(4)).Rewards.ToArray());
        var returns = data.Returns();
        var error = Vilfredo.Statistics.Descriptive.StandardDeviation(returns) / Math.Sqrt(returns.Length);
        Assert.InRange(returns.Average(), problem.Value(policy) - 4 * error, problem.Value(policy) + 4 * error);
    }

    [Fact]
    public void Tables_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TabularProblem(1, 1, 1, [0.5, 0.4], [1, 0, 0, 1], [0, 0]));
        Assert.Throws<ArgumentException>(() => new TabularProblem(1, 1, 1, [0.5, 0.5], [1, 0], [0, 0]));
        Assert.Throws<ArgumentException>(() => new TabularProblem(1, 1, 1, [1], [1], [double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TabularProblem(1, 1, 1.1, [1], [1], [0]));
        Assert.Throws<ArgumentException>(() => new TabularPolicy([0.5, 0.4], 2));
        Assert.Throws<ArgumentException>(() => new TabularPolicy([1.5, -0.5], 2));
        Assert.Throws<ArgumentException>(() => OffPolicyExamples.Problem(1).Value(TabularPolicy.Uniform(2, 2)));
    }
}
