using CsCheck;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Routing.Cascading;
using Vilfredo.Inference.Routing.Metrics;
using Vilfredo.Inference.Routing.Records;
using Vilfredo.Inference.Strategies.Cascades;

namespace Vilfredo.Inference.Tests.Routing;

public class CascadeFitTests
{
    private const double Small = 1, Verifier = 1, Large = 50; // AutoMix's costs

    [Fact]
    public void The_lift_of_the_dear_tier_and_of_draws_is_0_and_twice_the_slope_is_a_lift_of_1()
    {
        CurvePoint cheap = new(1, 0.4), dear = new(51, 0.8);
        Assert.Equal(0.4 / 50, IncrementalBenefit.PerCost(dear, cheap), 1e-15);
        Assert.Equal(0, IncrementalBenefit.Lift(dear, cheap, dear), 1e-12);
        Assert.Equal(0, IncrementalBenefit.Lift(new(26, 0.6), cheap, dear), 1e-12);
        Assert.Equal(1, IncrementalBenefit.Lift(new(26, 0.8), cheap, dear), 1e-12);
        Assert.Equal(-2, IncrementalBenefit.Lift(new(26, 0.2), cheap, dear), 1e-12);
        Assert.Equal(0, IncrementalBenefit.Lift(cheap, cheap, dear));
        Assert.True(double.IsNaN(IncrementalBenefit.Lift(new(2, 0.5), cheap, new(51, 0.4))));
        Assert.True(double.IsNaN(IncrementalBenefit.Lift(new(2, 0.5), cheap, new(0.5, 0.8))));
    }

    [Theory]
    [InlineData(CascadeMethod.Pomdp)]
    [InlineData(CascadeMethod.SingleThreshold)]
    [InlineData(CascadeMethod.DoubleThreshold)]
    public void A_verifier_that_knows_sends_up_what_is_wrong_and_pays_off_on_other_prompts(CascadeMethod method)
    {
        var policy = Fitted(Table(300, 1, noise: 0), method);
        Assert.Equal(CascadeStart.Verify, policy.Start);
        Assert.True(policy.KeepsAt(1));
        Assert.False(policy.KeepsAt(0));
        Assert.False(policy.KeepsAt(null));
        Assert.False(policy.KeepsAt(double.NaN));
        var report = CascadeReport.Of(Table(400, 2, noise: 0), policy, new(3));
        Assert.True(report.OverDraws.Lower > 0.1, $"{report.OverDraws}");
        Assert.True(report.Lift > 0.3);
        Assert.Equal(report.Draws + report.OverDraws.Estimate, report.Cascade.Quality, 1e-12);
        Assert.True(report.Oracle.Quality >= report.Cascade.Quality && report.Oracle.Cost <= report.Cascade.Cost);
        // One that is right three times in four is still worth something, and is judged by the same measure.
        Assert.True(CascadeReport.Of(Table(2000, 4, noise: 0.25), Fitted(Table(2000, 5, noise: 0.25), method), new(3)).Lift > 0);
    }

    [Theory]
    [InlineData(CascadeMethod.Pomdp)]
    [InlineData(CascadeMethod.SingleThreshold)]
    public void Of_a_verifier_that_knows_nothing_the_model_makes_no_use(CascadeMethod method)
    {
        // By the price of quality: at 0.004 a unit the dear tier, 0.4 better and 49 dearer, is worth its cost, and at 0.02 it is not.
        foreach (var (price, start) in ((double, CascadeStart)[])[(0.004, CascadeStart.Escalate), (0.02, CascadeStart.Keep)])
            Assert.Equal(start, CascadeFit.Fit(Table(20_000, 6, noise: 1), method, new CascadeObjective.Utility(price), "entailment", 8).Start);
        // A verifier's price decides too: knowing is worth less than 0.02 · 40.
        Assert.Equal(CascadeStart.Verify, CascadeFit.Fit(Table(2000, 7, noise: 0), method, new CascadeObjective.Utility(0.01), "entailment", 8).Start);
        Assert.NotEqual(CascadeStart.Verify, CascadeFit.Fit(Table(2000, 7, noise: 0, verifier: 40), method, new CascadeObjective.Utility(0.01), "entailment", 8).Start);
    }

    [Fact]
    public void Two_thresholds_keep_what_nobody_can_answer()
    {
        // Low scores are those of questions that the dear tier gets wrong as well.
        var records = new List<RoutingRecord>();
        for (var i = 0; i < 300; i++)
            Add(records, $"{i}", score: i % 3 == 0 ? 0.1 : i % 3 == 1 ? 0.5 : 0.9, cheap: i % 3 == 2 ? 1 : 0, dear: i % 3 == 0 ? 0 : 1, Verifier);
        var table = TableOf(records);
        var objective = new CascadeObjective.Utility(0.005);
        var two = CascadeFit.Fit(table, CascadeMethod.DoubleThreshold, objective, "entailment", 8);
        Assert.Equal((true, false, true), (two.KeepsAt(0.1), two.KeepsAt(0.5), two.KeepsAt(0.9)));
        var pomdp = CascadeFit.Fit(table, CascadeMethod.Pomdp, objective, "entailment", 8);
        Assert.Equal((true, false, true), (pomdp.KeepsAt(0.1), pomdp.KeepsAt(0.5), pomdp.KeepsAt(0.9)));
        var one = CascadeFit.Fit(table, CascadeMethod.SingleThreshold, objective, "entailment", 8);
        Assert.Equal((false, false, true), (one.KeepsAt(0.1), one.KeepsAt(0.5), one.KeepsAt(0.9)));
        // Two out of three right; the middle third is paid for.
        Assert.Equal(2.0 / 3, Mean(table, two).Quality, 1e-12);
        Assert.Equal(Small + Verifier + (Large / 3), Mean(table, two).Cost, 1e-9);
    }

    [Fact]
    public void Searched_thresholds_are_the_best_of_all()
    {
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Double[0, 0.02]).Sample((seed, price) =>
        {
            var table = Table(25, (ulong)seed, noise: 0.5);
            var objective = new CascadeObjective.Utility(price);
            double Worth(CascadePolicy policy) => Mean(table, policy) is var point ? point.Quality - (price * point.Cost) : 0;
            var found = Worth(CascadeFit.Fit(table, CascadeMethod.SingleThreshold, objective, "entailment", 8));
            var both = Worth(CascadeFit.Fit(table, CascadeMethod.DoubleThreshold, objective, "entailment", 8));
            CascadePolicy empty = new() { Method = "x", Accept = "entailment", Samples = 8, Edges = [], Keeps = [true] };
            double[] cuts = [.. Enumerable.Range(0, 102).Select(cut => cut / 101.0)];
            var best = cuts.Select(cut => empty with { Edges = [cut], Keeps = [false, true] }).Append(empty with { Start = CascadeStart.Keep }).Append(empty with { Start = CascadeStart.Escalate }).Append(empty with { Keeps = [false] }).Max(Worth);
            var bestBoth = cuts.SelectMany(low => cuts.Where(high => high > low).Select(high => empty with { Edges = [low, high], Keeps = [true, false, true] })).Concat(cuts.Select(cut => empty with { Edges = [cut], Keeps = [true, false] })).Max(Worth);
            Assert.Equal(best, found, 1e-12);
            Assert.Equal(Math.Max(best, bestBoth), both, 1e-12);
        }, iter: 20);
    }

    [Fact]
    public void The_process_is_solved_as_by_trying_every_set_of_bins()
    {
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Double[0, 0.03], Gen.Int[1, 5]).Sample((seed, price, bins) =>
        {
            var table = Table(60, (ulong)seed, noise: 0.4);
            var model = VerifierModel.Of(table, bins);
            Assert.InRange(model.Bins, 1, bins);
            bins = model.Bins;
            var (start, keeps, value) = model.Solve(price);
            // By the model's own beliefs, whose chances of bins follow from the two equations P = Σ chance, of which the means are known.
            double[] chances = ChancesOf(table, bins, model);
            double Of(int set) => Enumerable.Range(0, bins).Sum(bin => chances[bin] * ((set >> bin & 1) == 1 ? model.BeliefAt(bin).Cheap : model.BeliefAt(bin).Dear - (price * Large))) - (price * (Small + Verifier));
            var verify = Enumerable.Range(0, 1 << bins).Max(Of);
            var keep = Enumerable.Range(0, bins).Sum(bin => chances[bin] * model.BeliefAt(bin).Cheap) - (price * Small);
            var up = Enumerable.Range(0, bins).Sum(bin => chances[bin] * model.BeliefAt(bin).Dear) - (price * Large);
            Assert.Equal(Math.Max(verify, Math.Max(keep, up)), value, 1e-9);
            Assert.Equal(verify, Of(keeps.Index().Sum(pair => pair.Item ? 1 << pair.Index : 0)), 1e-9);
            Assert.Equal(start == CascadeStart.Verify, verify > Math.Max(keep, up) + 1e-11);
        }, iter: 60);
    }

    [Fact]
    public void Beliefs_are_the_shares_that_were_counted()
    {
        // A thousand prompts of each state and score: the prior of a half hardly counts.
        var records = new List<RoutingRecord>();
        for (var i = 0; i < 4000; i++)
            Add(records, $"{i}", score: i < 2000 ? 0.05 : 0.95, cheap: i < 2000 ? (i % 4 == 0 ? 1 : 0) : 1, dear: i % 2 == 0 ? 1 : 0, Verifier);
        var model = VerifierModel.Of(TableOf(records));
        Assert.Equal([0.95], model.Edges);
        Assert.Equal((0.25, 0.5), (Math.Round(model.BeliefAt(0).Cheap, 2), Math.Round(model.BeliefAt(0).Dear, 2)));
        Assert.Equal((1, 0.5), (Math.Round(model.BeliefAt(1).Cheap, 2), Math.Round(model.BeliefAt(1).Dear, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.BeliefAt(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Solve(-1));
    }

    [Fact]
    public void Scores_that_lie_close_together_are_told_apart()
    {
        // As log-probabilities are: right answers above 0.999, wrong ones a little below.
        var random = new RandomGenerator(3);
        var records = new List<RoutingRecord>();
        for (var i = 0; i < 300; i++)
            Add(records, $"{i}", score: i % 2 == 0 ? 1 - (0.0005 * random.NextDouble()) : 0.998 + (0.001 * random.NextDouble()), cheap: i % 2 == 0 ? 1 : 0, dear: 1, verifier: 0);
        var table = TableOf(records);
        var policy = Fitted(table, CascadeMethod.Pomdp);
        Assert.Equal((CascadeStart.Verify, true, false), (policy.Start, policy.KeepsAt(0.9999), policy.KeepsAt(0.9981)));
        Assert.True(Mean(table, policy).Quality > 0.9);
        // Bins hold as many each.
        var model = VerifierModel.Of(table);
        Assert.Equal(VerifierModel.DefaultBins, model.Bins);
        Assert.All(Enumerable.Range(0, model.Bins), bin => Assert.InRange(Enumerable.Range(0, table.Count).Count(prompt => model.Edges.Count(edge => edge <= table.ScoreOf(prompt)) == bin), 37, 38));
    }

    [Fact]
    public void A_mean_cost_is_kept_where_it_is_fitted()
    {
        var table = Table(400, 9, noise: 0.2);
        foreach (var method in Enum.GetValues<CascadeMethod>())
        {
            var within = CascadeFit.Fit(table, method, new CascadeObjective.Within(30), "entailment", 8);
            Assert.InRange(Mean(table, within).Cost, 0, 30);
            Assert.True(Mean(table, within).Quality > Mean(table, CascadeFit.Fit(table, method, new CascadeObjective.Within(2.5), "entailment", 8)).Quality);
        }

        Assert.Contains("cheap tier costs", Assert.Throws<ArgumentException>(() => CascadeFit.Fit(table, CascadeMethod.Pomdp, new CascadeObjective.Within(0.5), "entailment", 8)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CascadeObjective.Utility(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CascadeObjective.Within(0));
    }

    [Fact]
    public void What_cannot_be_fitted_is_said()
    {
        var records = new List<RoutingRecord>();
        for (var i = 0; i < 20; i++)
            Add(records, $"{i}", 0.5, 1, 0, Verifier);
        Assert.Contains("better and dearer", Assert.Throws<ArgumentException>(() => Fitted(TableOf(records), CascadeMethod.Pomdp)).Message);
        // Constant scores: there is nothing to cut, and the price decides.
        Assert.Equal(CascadeStart.Keep, CascadeFit.Fit(TableOf(records), CascadeMethod.SingleThreshold, new CascadeObjective.Utility(0.01), "entailment", 8).Start);
        var without = RoutingTable.Of(records.Select(record => record with { Confidence = double.NaN }));
        Assert.Contains("no scores", Assert.Throws<ArgumentException>(() => CascadeTable.Of(without, "cheap", "scored", "dear")).Message);
        Assert.Contains("no candidate 'other'", Assert.Throws<ArgumentException>(() => CascadeTable.Of(RoutingTable.Of(records), "cheap", "scored", "other")).Message);
    }

    [Fact]
    public void A_policy_is_kept_in_a_file_and_files_are_read_strictly()
    {
        var folder = Directory.CreateTempSubdirectory("vilfredo-cascade-");
        try
        {
            var path = Path.Combine(folder.FullName, "cascade.json");
            CascadePolicy policy = new() { Method = "pomdp", Accept = "entailment", Samples = 8, Edges = [0.125, 0.5], Keeps = [true, false, true] };
            policy.Save(path);
            var read = CascadePolicy.Load(path);
            Assert.Equal(policy.Edges, read.Edges);
            Assert.Equal(policy.Keeps, read.Keeps);
            Assert.Equal((policy.Start, "entailment", 8, "pomdp"), (read.Start, read.Accept, read.Samples, read.Method));
            var good = File.ReadAllText(path);
            foreach (var (bad, says) in ((string, string)[])
            [
                (good[..^5], "no policy"), (good.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal), "version 2"), (good.Replace("0.125", "0.9", StringComparison.Ordinal), "ascending"),
                (good.Replace("\"samples\": 8", "\"samples\": 0", StringComparison.Ordinal), "at least 1"), ("{\"more\": 1}", "more"), ("null", "empty"),
                ("{\"method\":\"x\",\"accept\":\"judge\",\"samples\":1,\"edges\":[0.5],\"keeps\":[true]}", "2 pieces"),
            ])
            {
                File.WriteAllText(path, bad);
                Assert.Contains(says, Assert.Throws<FormatException>(() => CascadePolicy.Load(path)).Message, StringComparison.OrdinalIgnoreCase);
            }

            Assert.Contains("cannot be read", Assert.Throws<FormatException>(() => CascadePolicy.Load(path + ".missing")).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static CascadePolicy Fitted(CascadeTable table, CascadeMethod method) => CascadeFit.Fit(table, method, new CascadeObjective.Lift(), "entailment", 8);

    private static CurvePoint Mean(CascadeTable table, CascadePolicy policy)
    {
        var points = Enumerable.Range(0, table.Count).Select(prompt => table.Answer(policy, prompt)).ToList();
        return new(points.Average(point => point.Cost), points.Average(point => point.Quality));
    }

    // P(bin) by the law of total probability over states with the prior of a half: what the model must have.
    private static double[] ChancesOf(CascadeTable table, int bins, VerifierModel model)
    {
        var chances = new double[bins];
        for (var state = 0; state < 4; state++)
        {
            var members = Enumerable.Range(0, table.Count).Where(prompt => table.QualityOf(prompt) == (state & 1, state >> 1)).ToList();
            for (var bin = 0; bin < bins; bin++)
            {
                var seen = members.Count(prompt => model.Edges.Count(edge => table.ScoreOf(prompt) >= edge) == bin);
                chances[bin] += (members.Count + 0.5) / (table.Count + 2) * (seen + 0.5) / (members.Count + (0.5 * bins));
            }
        }

        Assert.Equal(1, chances.Sum(), 1e-12);
        Assert.Equal(bins, model.Bins);
        return chances;
    }

    /// <summary>The cheap tier is right on 50 % of prompts and the dear one on 90 %; a verifier of 8 samples says so of the cheap answer but for a share of noise.</summary>
    private static CascadeTable Table(int prompts, ulong seed, double noise, double verifier = Verifier)
    {
        var random = new RandomGenerator(seed);
        var records = new List<RoutingRecord>();
        for (var i = 0; i < prompts; i++)
        {
            var (cheap, dear) = (random.NextBoolean() ? 1.0 : 0, random.NextBoolean(0.9) ? 1.0 : 0);
            var score = random.NextDouble() < noise ? random.NextInt32(9) / 8.0 : cheap;
            Add(records, $"{seed}/{i}", score, cheap, dear, verifier);
        }

        return TableOf(records);
    }

    private static CascadeTable TableOf(List<RoutingRecord> records) => CascadeTable.Of(RoutingTable.Of(records), "cheap", "scored", "dear");

    private static void Add(List<RoutingRecord> records, string id, double score, double cheap, double dear, double verifier)
    {
        var prompt = new RoutedPrompt(id, [new(ChatRole.User, id)]);
        records.Add(new(prompt, "cheap", cheap) { Cost = Small, Seconds = 1 });
        records.Add(new(prompt, "scored", cheap) { Cost = Small + verifier, Seconds = 2, Confidence = score });
        records.Add(new(prompt, "dear", dear) { Cost = Large, Seconds = 3 });
    }
}
