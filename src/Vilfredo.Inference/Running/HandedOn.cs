using Microsoft.Extensions.AI;
using Vilfredo.Inference.Catalog;

namespace Vilfredo.Inference.Running;

/// <summary>A strategy with its model, to which another strategy hands the whole question on.</summary>
/// <param name="Point">How it answers.</param>
/// <param name="Strategy">The strategy that answers.</param>
/// <param name="Client">The model that it calls; null for the model of the strategy that hands the question on.</param>
internal sealed record HandedOn(StrategyPoint Point, InferenceStrategy Strategy, IChatClient? Client)
{
    /// <summary>Builds it.</summary>
    /// <exception cref="FormatException">A strategy cannot be built, or there is no such model.</exception>
    public static HandedOn Of(StrategyPoint point, Func<string, IChatClient> models) => new(point, point.Build(models), point.Model is null ? null : models(point.Model));

    /// <summary>The model that it calls in a run.</summary>
    public IChatClient ClientIn(StrategyRun run) => Client ?? run.Client;

    /// <summary>The call that hands the question on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="role">What the call is for.</param>
    /// <param name="round">The round.</param>
    /// <param name="sibling">0 answers with the seed of the run, so that it is the answer which this strategy gives by itself; others are further answers.</param>
    /// <param name="configure">Changes the options.</param>
    public CallRequest Request(StrategyRun run, string role, int round, int sibling = 0, Action<ChatOptions>? configure = null) => new()
    {
        Role = role,
        Round = round,
        Sibling = sibling,
        Client = new StrategyChatClient(ClientIn(run), Strategy, run.Settings with { Budget = Point.Budget ?? Budgets.Budget.Unlimited }),
        Configure = options =>
        {
            if (sibling == 0 && run.HasSeed)
                options.Seed = run.Options?.Seed ?? run.Settings.Seed;
            configure?.Invoke(options);
        },
    };
}
