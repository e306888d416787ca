using Vilfredo.Inference.Agents.Selection;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Agents;

/// <summary>A ReAct agent (Yao et al., arXiv 2210.03629) with the components of Wang et al., "Efficient Agents" (arXiv 2508.02694): it thinks, calls tools and observes until it answers.</summary>
/// <remarks>
/// <para>Every call is one of the run's: budgets hold while it runs, and the account has plans, digests, judgements, other wordings of searches and closing calls too. When a budget has no room for a step
/// and an answer after it, the agent is asked for its best answer; when not even that fits, what it wrote last stands in.</para>
/// <para>Nothing that a tool does ends the answer: unknown tools, malformed arguments, failures and timeouts are observations. Without tools, plan and closing call it is one plain call, whatever its steps.</para>
/// <para>A vote over final answers is a strategy around a client with an agent; a vote over the next call is a client with a voting strategy inside the agent. Both work, and mean different things.</para>
/// </remarks>
public sealed class AgentStrategy : InferenceStrategy
{
    private readonly AgentParts _parts;

    /// <summary>An agent.</summary>
    /// <param name="configuration">Its settings; null means the defaults.</param>
    /// <param name="parts">Its tools, sources and helpers; null means none.</param>
    /// <exception cref="ArgumentException">Beams and trees need an even number of attempts, and a tree plans; two tools have one name.</exception>
    public AgentStrategy(AgentConfiguration? configuration = null, AgentParts? parts = null)
    {
        (Configuration, _parts) = (configuration ?? new(), parts ?? new());
        if (Configuration is { Attempts: > 1, Selection: TrajectorySearch.Beam or TrajectorySearch.Tree } && Configuration.Attempts % 2 == 1)
            throw new ArgumentException($"Beams and trees share {Configuration.Attempts} attempts by two; give an even number.", nameof(configuration));
        if (Configuration is { Attempts: > 1, Selection: TrajectorySearch.Tree, Planning: AgentPlanning.None })
            throw new ArgumentException("A tree grows from several plans; set planning to once or interval.", nameof(configuration));
        HasTools = _parts.Tools.Count > 0 || _parts.Sources.Count > 0;
    }

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = AgentKnobs.Definition;

    /// <summary>Its settings.</summary>
    public AgentConfiguration Configuration { get; }

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override CallPlan Plan
    {
        get
        {
            // Per attempt: two calls of the plan, one reply, one closing call.
            var sequence = (Configuration.Planning == AgentPlanning.None ? 0 : 2) + 1 + (Configuration.Restates ? 1 : 0);
            var calls = Configuration.Attempts * sequence;
            if (HasTools || (Configuration.Attempts > 1 && Configuration.Merge != TrajectoryMerge.Majority))
                return new(calls, null, null);
            return Configuration.Selection == TrajectorySearch.Rollouts || Configuration.Attempts == 1 ? CallPlan.Fixed(calls, sequence) : new(sequence, calls, sequence);
        }
    }

    private bool HasTools { get; }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var loop = new AgentLoop(run, Configuration, _parts);
        var choice = new AttemptChoice(run, Configuration, loop.Verifier);
        var attempts = await AttemptsAsync(loop, choice, cancellation).ConfigureAwait(false);
        var answered = attempts.Where(attempt => attempt.Answer is not null).ToList();
        if (answered.Count == 0)
        {
            throw run.Failed(run.LastFailure is NotSupportedException && Configuration.Protocol == AgentProtocol.Native
                ? "The agent has no answer. Models without function calling need the protocol 'text'."
                : "The agent has no answer.");
        }

        var (chosen, share) = await choice.OneAsync(answered, Configuration.MaximumSteps + 1, 0, cancellation).ConfigureAwait(false);
        return StrategyOutcome.Of(chosen.Answer!, [.. answered.Select(attempt => attempt.Answer!)], share);
    }

    private async Task<IReadOnlyList<Trajectory>> AttemptsAsync(AgentLoop loop, AttemptChoice choice, CancellationToken cancellation)
    {
        var n = Configuration.Attempts;
        if (n == 1 || Configuration.Selection == TrajectorySearch.Rollouts)
            return await Task.WhenAll(Enumerable.Range(0, n).Select(attempt => RollOutAsync(loop, attempt, n == 1, cancellation))).ConfigureAwait(false);
        var (beams, width) = Configuration.Selection switch
        {
            TrajectorySearch.StepWise => (1, n),
            TrajectorySearch.Beam => (2, n / 2),
            _ => (n / 2, 2),
        };
        var standing = await BeamsAsync(loop, choice, beams, width, cancellation).ConfigureAwait(false);
        return await Task.WhenAll(standing.Select(beam => loop.FinishAsync(beam, standing.Count == 1, cancellation))).ConfigureAwait(false);
    }

    private static async Task<Trajectory> RollOutAsync(AgentLoop loop, int attempt, bool isOnly, CancellationToken cancellation)
    {
        var trajectory = new Trajectory { Attempt = attempt };
        while (trajectory.End == TrajectoryEnd.None)
        {
            trajectory = await loop.PlanAsync(trajectory, cancellation).ConfigureAwait(false);
            trajectory = await loop.ActAsync(trajectory, cancellation).ConfigureAwait(false);
            trajectory = await loop.SettleAsync(trajectory, cancellation).ConfigureAwait(false);
        }

        return await loop.FinishAsync(trajectory, isOnly, cancellation).ConfigureAwait(false);
    }

    // One beam is step-wise best-of-n. Beams of one search compete for the places; beams of a tree do not.
    private async Task<IReadOnlyList<Trajectory>> BeamsAsync(AgentLoop loop, AttemptChoice choice, int beams, int width, CancellationToken cancellation)
    {
        var isTree = Configuration.Selection == TrajectorySearch.Tree;
        IReadOnlyList<Trajectory> standing = [.. Enumerable.Range(0, isTree ? beams : 1).Select(beam => new Trajectory { Attempt = beam })];
        for (var round = 0; standing.Any(beam => beam.End == TrajectoryEnd.None); round++)
        {
            standing = await Task.WhenAll(standing.Select(beam => loop.PlanAsync(beam, cancellation))).ConfigureAwait(false);
            // A search that begins with one state spends all attempts on it.
            var each = isTree || standing.Count == beams ? width : width * beams;
            var next = await Task.WhenAll(standing.Select((beam, place) => NextAsync(loop, beam, place, each, cancellation))).ConfigureAwait(false);
            if (isTree)
                standing = await Task.WhenAll(next.Select(async (steps, place) => (await choice.BestAsync(steps, 1, round, place, cancellation).ConfigureAwait(false))[0])).ConfigureAwait(false);
            else
                standing = await choice.BestAsync([.. next.SelectMany(steps => steps)], beams, round, 0, cancellation).ConfigureAwait(false);
            standing = await Task.WhenAll(standing.Select(beam => beam.Steps.Count == round + 1 ? loop.SettleAsync(beam, cancellation) : Task.FromResult(beam))).ConfigureAwait(false);
        }

        return standing;
    }

    // A beam that has ended competes as it is. Next steps that failed compete only when all did.
    private static async Task<IReadOnlyList<Trajectory>> NextAsync(AgentLoop loop, Trajectory beam, int place, int width, CancellationToken cancellation)
    {
        if (beam.End != TrajectoryEnd.None)
            return [beam with { Attempt = place * width }];
        var next = await Task.WhenAll(Enumerable.Range(place * width, width).Select(attempt => loop.ActAsync(beam with { Attempt = attempt }, cancellation))).ConfigureAwait(false);
        var fine = next.Where(one => one.End is not (TrajectoryEnd.Failure or TrajectoryEnd.Budget)).ToList();
        return fine.Count > 0 ? fine : [next[0]];
    }
}
