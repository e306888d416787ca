using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents.Search;
using Vilfredo.Inference.Agents.Selection;

namespace Vilfredo.Inference.Agents;

/// <summary>What an agent is made of beside its settings: tools, sources and the models that help it.</summary>
public sealed record AgentParts
{
    /// <summary>Tools beside those of search. Functions among the caller's own tools are used too; what only is declared there is handed back to the caller when the model asks for it.</summary>
    public IReadOnlyList<AIFunction> Tools { get; init; } = [];

    /// <summary>Where the agent can search; with none it has no search tools.</summary>
    public IReadOnlyList<ISearchSource> Sources { get; init; } = [];

    /// <summary>Judges steps and attempts; null means a <see cref="PromptedVerifier"/>.</summary>
    public ITrajectoryVerifier? Verifier { get; init; }

    /// <summary>Writes digests and notes; null means the agent's model.</summary>
    public IChatClient? MemoryModel { get; init; }

    /// <summary>Writes other wordings of searches; null means the agent's model.</summary>
    public IChatClient? RewriteModel { get; init; }

    /// <summary>Embeds digests, on the account of the answer; null compares their words (<see cref="Memory.WordVectors"/>).</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? Embedder { get; init; }

    /// <summary>What models are asked.</summary>
    public AgentPrompts Prompts { get; init; } = new();
}
