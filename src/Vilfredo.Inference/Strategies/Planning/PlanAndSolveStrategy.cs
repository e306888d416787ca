using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Planning;

/// <summary>A plan first, and then its execution (Wang et al., arXiv 2305.04091, who ask for both in one reply; with the plan in a call of its own another model can write it).</summary>
/// <param name="placement">Where the plan is written; <see cref="PlanPlacement.None"/> is a plain call.</param>
/// <param name="planner">How a plan in a call of its own is asked for; null means the defaults.</param>
/// <param name="prompts">What is asked; null means the defaults.</param>
public sealed class PlanAndSolveStrategy(PlanPlacement placement = PlanPlacement.Call, StageSettings? planner = null, PlanningPrompts? prompts = null) : InferenceStrategy
{
    private static readonly Dictionary<string, PlanPlacement> Placements = new(StringComparer.Ordinal)
    {
        ["call"] = PlanPlacement.Call,
        ["reply"] = PlanPlacement.Reply,
        ["none"] = PlanPlacement.None,
    };

    private readonly StageSettings _planner = planner ?? new();
    private readonly PlanningPrompts _prompts = prompts ?? new();

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "plan_and_solve", "a plan, and then the answer after it",
        [
            new("plan", KnobKind.Choice, "where the plan is written: a call of its own, the beginning of the reply, or nowhere", "call") { Choices = [.. Placements.Keys] }, .. StageKnobs.Of("plan"),
        ],
        values => new PlanAndSolveStrategy(Placements[values.Text("plan")!], StageKnobs.Settings(values, "plan")))
    { Source = "Wang et al., arXiv 2305.04091" };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan => placement == PlanPlacement.Call ? CallPlan.Fixed(2, 2) : CallPlan.Fixed(1, 1);

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        var plan = placement == PlanPlacement.Call ? await Stage.WriteAsync(run, _planner, _prompts.Plan, new() { Role = CallRole.Plan }, cancellation).ConfigureAwait(false) : null;
        var instruction = plan is not null ? PromptTemplate.Fill(_prompts.Execute, ("plan", plan.Shown())) : placement == PlanPlacement.Reply ? _prompts.PlanInReply : null;
        IReadOnlyList<Candidate> before = plan is null ? [] : [plan];
        return await Stage.FinishAsync(run, Stage.Answer(run, instruction, before), before, plan, cancellation).ConfigureAwait(false);
    }
}
