using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Agents.Assembly;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Reproductions.Papers;

/// <summary>Agents on the questions of one world.</summary>
internal sealed class AgentTrial
{
    private static readonly IAnswerExtractor Answers = AnswerExtractors.Named("auto");

    private readonly HopWorld world;
    private readonly long seed;

    public AgentTrial(int questions, UnitContext context)
    {
        world = new(context.Shared("world"));
        Questions = world.Ask(questions, context.Shared("questions"));
        seed = context.Shared("calls").NextInt64(0, int.MaxValue);
    }

    public IReadOnlyList<HopQuestion> Questions { get; }

    /// <summary>Tries questions with an agent, or with one call without tools.</summary>
    public async Task<IReadOnlyList<Attempt>> RunAsync(AgentConfiguration configuration, SimulatedSkill skill, bool hasTools, CancellationToken cancellation)
    {
        var attempts = new List<Attempt>();
        foreach (var question in Questions) attempts.Add(await TryAsync(configuration, question, skill, hasTools, cancellation).ConfigureAwait(false));
        return attempts;
    }

    /// <summary>The study of components around the default, with the medium model.</summary>
    public ComponentStudy<AgentConfiguration, HopQuestion> Components(IReadOnlyList<StudyComponent<AgentConfiguration>> components) =>
        new(AgentConfiguration.PaperDefault, components, (configuration, question, token) => TryAsync(configuration, question, SimulatedSkill.Medium, true, token)) { Concurrency = 1 };

    private async Task<Attempt> TryAsync(AgentConfiguration configuration, HopQuestion question, SimulatedSkill skill, bool hasTools, CancellationToken cancellation)
    {
        using var model = new SimulatedAgentModel(skill);
        using var keeper = new SimulatedAgentModel(SimulatedSkill.Small);
        var parts = hasTools ? new AgentParts { Sources = world.Sources, MemoryModel = keeper } : new AgentParts();
        var settings = new StrategySettings { Seed = seed + int.Parse(question.Id, System.Globalization.CultureInfo.InvariantCulture), Prices = SimulatedSkill.Prices };
        // Judgements are asked for without a schema, which the simulated model does not need.
        using var client = new StrategyChatClient(model, new AgentStrategy(configuration with { Judge = configuration.Judge with { UsesSchema = false } }, parts), settings);
        var response = await client.GetResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, question.Text)], null, cancellation).ConfigureAwait(false);
        var account = StrategyAnswer.Of(response)!.Calls;
        return new(question.Id, string.Equals(Answers.Extract(response.Text), question.Answer, StringComparison.OrdinalIgnoreCase), account.Cost!.Value, $"{question.Level}");
    }
}
