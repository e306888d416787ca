using Vilfredo.Inference.Agents;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Wang et al., "Efficient Agents: Building Effective Agents While Reducing Cost": the arithmetic of the published tables with
/// this library's cost of pass, and its agents with their components varied one at a time, in a generated world with a simulated model.
/// </summary>
public sealed class EfficientAgentsStudy : Reproduction
{
    private const string Currency = "USD";
    private const double HalfCent = 0.005;
    private const double HalfMill = 0.0005;
    private const string Cost = "cost per task", Accuracy = "accuracy";
    private const string HeldOutCost = "held-out cost", HeldOutAccuracy = "held-out accuracy", BestCost = "cost of the best single", BestAccuracy = "accuracy of the best single";
    private const double Tolerance = 2; // points

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "efficient-agents", "Efficient Agents: Building Effective Agents While Reducing Cost", "Wang, Hu, Liu, Zhu, Hou, et al.", 2025, "arXiv 2508.02694");

    /// <inheritdoc/>
    public override string Setting =>
        "Two parts. The printed tables (GAIA validation, 165 tasks): dollars per task and accuracy of each row give its pooled cost of pass, which is compared "
        + "with the printed one to half of its last digit, with the rounding of the printed dollars allowed for. Then agents of this library in a generated world of 400 people, "
        + "12 relations and 1,143 short documents in two sources, 30 % of them about novels with the same names; questions follow 1 or 2, 3 or 4, and 5 or 6 relations "
        + "(levels 1 to 3). **The model is simulated**: it reads the prompts that the agent makes, draws conclusions from the statements in them with fixed error rates, "
        + "and writes real texts, whose tokens are counted at imaginary prices; searches, tools, memories, plans and accounts are the library's. What the components do follows from those "
        + "rates, which were set beforehand. A seed is a world with its own questions. No language model, no GAIA, no web; digests and notes are written at the small model's price.";

    /// <inheritdoc/>
    public override string Use =>
        "`AgentStrategy` runs the agent over any chat client, tools and search sources, also as the strategy `agent` of `vilfredo evaluate`; `ComponentStudy` varies the components on tasks of one's own "
        + "and assembles the cheapest pass ([guide](../agents.md)). `CostOfPass.Pooled(attempts)` gives the dollars per solved task, with intervals, of attempts that a team logged itself.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods => AgentMethods.All;

    /// <inheritdoc/>
    public override int Revision => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Cost, Currency), Objective.Maximize(Accuracy)];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Exact(
            new("systems", "Dollars over accuracy give the printed cost of pass of OWL, SmolAgents and Efficient Agents.", "0.75, 5.82, 0.55"),
            Arithmetic(PublishedTables.Systems)),
        Claim.Exact(
            new("variants", "They do for best-of-N and for all memory variants.", "0.74 to 1.52"), Arithmetic(PublishedTables.Variants)),
        Claim.Exact(
            new("backbones", "They do for the six backbones.", "0.13 to 3.66"), Arithmetic(PublishedTables.Backbones)),
        Claim.Exact(
            new("dollars-saved", "Efficient Agents costs 28.4 % fewer dollars per task than OWL.", "28.4 %"),
            [new("saving", 0.284, 1 - PublishedTables.EfficientAgents.Dollars!.Value / PublishedTables.Owl.Dollars!.Value, HalfMill)]),
        Claim.Exact(
            new("cost-of-pass-saved", "Its cost of pass is 28.4 % lower, as the abstract says.", "28.4 %"),
            [new("saving", 0.284, 1 - Of(PublishedTables.EfficientAgents) / Of(PublishedTables.Owl), HalfMill)]),
        Claim.Exact(
            new("accuracy-kept", "It keeps 96.7 % of OWL's accuracy.", "96.7 %"),
            [new("share", 0.967, PublishedTables.EfficientAgents.Accuracy / PublishedTables.Owl.Accuracy, HalfMill + 1e-4)]),
        Claim.Exact(
            new(
                "assembly", "Taking per component the cheapest pass among options within 1, 2 or 3 points of the default's accuracy gives the published configuration.",
                "N 1, 8 steps, plan interval 1, multi, 5 queries, simple memory"),
            [.. new[] { 1.0, 2, 3 }.SelectMany(Assembled)]),
        Ratio("best-of-n-dollars", "Whole trajectories: best-of-4 raises dollars at least 1.3 times.", "1.33 times", Of("attempts", "4"), AgentMethods.Default, Cost, Bound.AtLeast(1.3)),
        CostOfPassRatio("best-of-n-pass", "Whole trajectories: best-of-4 raises the cost of pass.", "1.31 times", Of("attempts", "4"), AgentMethods.Default, Bound.Above(1)),
        Ratio("step-wise-dollars", "Step by step: best-of-4 raises dollars at least 1.3 times.", "1.33 times", AgentMethods.StepWise, AgentMethods.Default, Cost, Bound.AtLeast(1.3)),
        CostOfPassRatio("step-wise-pass", "Step by step: best-of-4 raises the cost of pass.", "1.31 times", AgentMethods.StepWise, AgentMethods.Default, Bound.Above(1)),
        Ratio("simple-memory-dollars", "Simple memory costs fewer dollars than the full history.", "0.419 to 0.521", Of("memory", "Simple"), AgentMethods.Default, Cost, Bound.Below(1)),
        Difference("simple-memory-accuracy", "Simple memory is at most 3 points less accurate than the full history.", "+3.0 points", Of("memory", "Simple"), AgentMethods.Default, Accuracy, Bound.AtLeast(-0.03)),
        CostOfPassRatio("summarised-memory", "Summarised memory raises the cost of pass over that of the full history.", "1.55 times", Of("memory", "Summarised"), AgentMethods.Default, Bound.Above(1)),
        Claim.Computed(
            new("more-steps", "At most 8 steps solve more questions of levels 2 and 3 than at most 4."),
            (results, seed) => Hard(results, Of("max_steps", "8"), seed) - Hard(results, Of("max_steps", "4"), seed), Bound.Above(0)),
        Difference("most-steps-dollars", "At most 12 steps cost more than at most 8.", "0.98 to 0.70 a pass", AgentMethods.Default, Of("max_steps", "8"), Cost, Bound.Above(0)),
        Difference("most-steps-accuracy", "They are at most 2 points more accurate.", "+0.6 points", AgentMethods.Default, Of("max_steps", "8"), Accuracy, Bound.AtMost(0.02)),
        CostOfPassRatio("several-sources", "Several sources lower the cost of pass.", "0.61 times", Of("search", "multi"), AgentMethods.Default, Bound.Below(1)),
        Difference("plan-interval", "A new plan every 2 steps raises the accuracy over that of one plan.", "+4.3 points", Of("planning", "interval 2"), AgentMethods.Default, Accuracy, Bound.Above(0)),
        Claim.Ratio(
            new("held-out-accuracy", "The assembled configuration keeps at least 95 % of the accuracy of the best single option on held-out questions.", "96.6 % of OWL's"),
            new(AgentMethods.Assembled, "", HeldOutAccuracy), new(AgentMethods.Assembled, "", BestAccuracy), Bound.AtLeast(0.95)),
        Claim.Ratio(
            new("held-out-dollars", "It costs at most 75 % of that option's dollars there.", "72 % of OWL's"),
            new(AgentMethods.Assembled, "", HeldOutCost), new(AgentMethods.Assembled, "", BestCost), Bound.AtMost(0.75)),
        .. ((string[])[AgentMethods.Small, AgentMethods.Default, AgentMethods.Large]).Select(method => Claim.Computed(
            new($"difficulty-{AgentMethods.SkillOf(method).Name}", $"The {AgentMethods.SkillOf(method).Name} model's cost of pass at least doubles from level 1 to level 3.", "2.3 to 11 times"),
            (results, seed) => Pass(results, method, seed, " of level 3") / Pass(results, method, seed, " of level 1"), Bound.AtLeast(2))),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale switch { Scale.Smoke => 1, Scale.Quick => 3, _ => 8 };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var trial = new AgentTrial(context.Scale switch { Scale.Smoke => 6, Scale.Quick => 60, _ => 300 }, context);
        var method = context.Unit.Method;
        if (method == AgentMethods.Assembled) return AssembleAsync(trial, context).GetAwaiter().GetResult();
        var attempts = trial.RunAsync(AgentMethods.ConfigurationOf(method), AgentMethods.SkillOf(method), method != AgentMethods.Single, context.Cancellation).GetAwaiter().GetResult();
        var values = Measured(attempts);
        foreach (var level in attempts.GroupBy(attempt => attempt.Group!))
        {
            var measured = Measured([.. level]);
            values[$"{Cost} of level {level.Key}"] = measured[Cost];
            values[$"{Accuracy} of level {level.Key}"] = measured[Accuracy];
        }

        return values;
    }

    private static async Task<IReadOnlyDictionary<string, double>> AssembleAsync(AgentTrial trial, UnitContext context)
    {
        var half = trial.Questions.Count / 2;
        HopQuestion[] chosenOn = [.. trial.Questions.Take(half)], heldOut = [.. trial.Questions.Skip(half)];
        var study = trial.Components(AgentMethods.Components);
        var report = await study.OneAtATimeAsync(chosenOn, context.Own("resamples"), null, context.Cancellation).ConfigureAwait(false);
        var best = report.All.MaxBy(option => option.Accuracy)!;
        var bestAlone = best.Component is null ? AgentConfiguration.PaperDefault : AgentMethods.ConfigurationOf(AgentMethods.NameOf(best.Component, best.Option!));
        var assembled = Measured(await study.MeasureAsync(study.Assemble(report, Tolerance), heldOut, context.Cancellation).ConfigureAwait(false));
        var single = Measured(await study.MeasureAsync(bestAlone, heldOut, context.Cancellation).ConfigureAwait(false));
        assembled[HeldOutCost] = assembled[Cost];
        assembled[HeldOutAccuracy] = assembled[Accuracy];
        assembled[BestCost] = single[Cost];
        assembled[BestAccuracy] = single[Accuracy];
        foreach (var component in AgentMethods.Components)
            assembled[$"option of {component.Name}"] = component.Options.Select(option => option.Name).ToList().IndexOf(report.Choose(component.Name, Tolerance).Option ?? "") + 1;
        return assembled;
    }

    private static Dictionary<string, double> Measured(IReadOnlyList<Attempt> attempts) => new(StringComparer.Ordinal)
    {
        [Cost] = attempts.Average(attempt => attempt.Cost.Amount),
        [Accuracy] = attempts.Average(attempt => attempt.Passed ? 1.0 : 0.0),
    };

    private static string Of(string component, string option) => AgentMethods.NameOf(component, option);

    private static Claim Ratio(string id, string statement, string figure, string method, string other, string metric, Bound bound) =>
        Claim.Ratio(new(id, statement, figure), new(method, "", metric), new(other, "", metric), bound);

    private static Claim Difference(string id, string statement, string figure, string method, string other, string metric, Bound bound) =>
        Claim.Difference(new(id, statement, figure), new(method, "", metric), new(other, "", metric), bound);

    private static Claim CostOfPassRatio(string id, string statement, string figure, string method, string other, Bound bound) =>
        Claim.Computed(new(id, statement, figure), (results, seed) => Pass(results, method, seed) / Pass(results, other, seed), bound);

    private static double Pass(RunResults results, string method, int seed, string level = "") => results.Value(method, "", seed, Accuracy + level) is > 0 and var rate
        ? results.Value(method, "", seed, Cost + level) / rate
        : throw new MissingMeasurementException($"'{method}' solves nothing{level} with seed {seed}, so that its cost of pass is infinite");

    private static double Hard(RunResults results, string method, int seed) =>
        (results.Value(method, "", seed, Accuracy + " of level 2") + results.Value(method, "", seed, Accuracy + " of level 3")) / 2;

    private static double Of(PublishedRow row) => CostOfPass.Of(new Money(row.Dollars!.Value, Currency), row.Accuracy / 100).Amount;

    private static ExactValue[] Arithmetic(IReadOnlyList<PublishedRow> rows) =>
        [.. rows.Select(row => new ExactValue(row.Name, row.CostOfPass, Of(row), HalfCent + HalfMill / (row.Accuracy / 100)))];

    // The number of the chosen option (the default is 0) per component, against that of the published configuration.
    private static IEnumerable<ExactValue> Assembled(double points)
    {
        int[] published = [0, 1, 0, 1, 1, 1];
        return PublishedTables.Components.Zip(published, (component, expected) =>
        {
            var (name, options) = component;
            var chosen = options.Where(option => option.Accuracy >= options[0].Accuracy - points).MinBy(option => option.CostOfPass)!;
            return new ExactValue($"option of {name} within {points} points", expected, Array.IndexOf(options, chosen), 0);
        });
    }
}
