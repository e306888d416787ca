using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Wang et al., "Efficient Agents: Building Effective Agents While Reducing Cost": the arithmetic of the published tables with
/// this library's cost of pass. The agents themselves are not run.
/// </summary>
public sealed class EfficientAgentsStudy : Reproduction
{
    private const string Currency = "USD";
    private const double HalfCent = 0.005;
    private const double HalfMill = 0.0005;
    private const string NeedsAgents = "agents over chat clients are not part of the library yet";

    private static readonly PublishedRow[] Priced = [.. PublishedTables.Systems, .. PublishedTables.Variants, .. PublishedTables.Backbones];

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "efficient-agents", "Efficient Agents: Building Effective Agents While Reducing Cost", "Wang, Hu, Liu, Zhu, Hou, et al.", 2025, "arXiv 2508.02694");

    /// <inheritdoc/>
    public override string Setting =>
        "The printed tables (GAIA validation, 165 tasks): dollars per task and accuracy of each row give its pooled cost of pass, which is compared "
        + "with the printed one to half of its last digit, with the rounding of the printed dollars allowed for. No agent is run, so there are no seeds.";

    /// <inheritdoc/>
    public override string Use =>
        "`CostOfPass.Pooled(attempts)` and `FrontierCostOfPass` give the dollars per solved task, with intervals, of attempts that a team logged itself; "
        + "a price table turns tokens into money and refuses models that it does not know.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        .. Priced.Select(row => new ComparedMethod(
            row.Name, $"as printed: {row.Accuracy} % for {row.Dollars} dollars per task", row != PublishedTables.EfficientAgents)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize("cost per task", Currency), Objective.Maximize("accuracy")];

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
        Claim.NotMeasurable(new("best-of-n-dollars", "Best-of-4 raises dollars at least 1.3 times and the cost of pass above 1 time.", "1.33 and 1.31 times"), NeedsAgents),
        Claim.NotMeasurable(new("simple-memory", "Simple memory costs fewer dollars than the full history at an accuracy within 3 points."), NeedsAgents),
        Claim.NotMeasurable(new("max-steps", "More steps raise accuracy on hard questions up to a point, and dollars beyond it."), NeedsAgents),
        Claim.NotMeasurable(new("held-out-assembly", "The assembled configuration keeps 95 % of the best one's accuracy at 75 % of its dollars on held-out questions."), NeedsAgents),
        Claim.NotMeasurable(new("difficulty", "The cost of pass at least doubles from level 1 to level 3."), NeedsAgents),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => 1;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var row = Priced.Single(candidate => candidate.Name == context.Unit.Method);
        return new Dictionary<string, double>
        {
            ["cost per task"] = row.Dollars!.Value,
            ["accuracy"] = row.Accuracy / 100,
            ["cost of pass"] = Of(row),
            ["printed cost of pass"] = row.CostOfPass,
        };
    }

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
