using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Cascades;
using Vilfredo.Inference.Strategies.Coding;
using Vilfredo.Inference.Strategies.Contracts;
using Vilfredo.Inference.Strategies.Ensembles;
using Vilfredo.Inference.Strategies.Planning;
using Vilfredo.Inference.Strategies.Refinement;
using Vilfredo.Inference.Strategies.Routing;
using Vilfredo.Inference.Strategies.Sampling;
using Vilfredo.Inference.Strategies.Search;
using Vilfredo.Inference.Strategies.Selection;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Catalog;

/// <summary>All strategies that have a name.</summary>
public static class StrategyCatalog
{
    /// <summary>The strategies, in the order of their names.</summary>
    public static IReadOnlyList<StrategyDefinition> All { get; } =
    [
        .. ((StrategyDefinition[])
        [
            AbMctsStrategy.Definition,
            AdaptiveVotingStrategy.Definition,
            AgentStrategy.Definition,
            AlgorithmFirstStrategy.Definition,
            BeamStrategy.Definition,
            BestFirstStrategy.Definition,
            BestOfNStrategy.Definition,
            CascadeStrategy.Definition,
            CepoStrategy.Definition,
            CodeRefinementStrategy.Definition,
            CritiqueReviseStrategy.Definition,
            FusionStrategy.Definition,
            GenerativeSelectionStrategy.Definition,
            JsonContractStrategy.Definition,
            LeapStrategy.Definition,
            LengthChoiceStrategy.Longest,
            LengthChoiceStrategy.Shortest,
            LengthFilteredVotingStrategy.Definition,
            MajorityVotingStrategy.Definition,
            MapReduceStrategy.Definition,
            MarsStrategy.Definition,
            MctsStrategy.Definition,
            MixtureOfAgentsStrategy.Definition,
            ParallelDistillRefineStrategy.Definition,
            ParticleFilteringStrategy.Definition,
            PlanAndSolveStrategy.Definition,
            PlanSearchStrategy.Definition,
            ProverVerifierStrategy.Definition,
            RStarStrategy.Definition,
            RecursiveAggregationStrategy.Definition,
            ReflectionStrategy.Definition,
            RemomStrategy.Definition,
            RereadingStrategy.Definition,
            RoundTripStrategy.Definition,
            RouterStrategy.Definition,
            SelfConsistencyStrategy.Definition,
            SelfDiscoverStrategy.Definition,
            SequentialRefinementStrategy.Definition,
            SequentialRevisionStrategy.Definition,
            ShortestMStrategy.Definition,
            SingleStrategy.Definition,
            TreeOfThoughtsStrategy.Definition,
            WeightedVotingStrategy.Definition,
        ]).OrderBy(definition => definition.Name, StringComparer.Ordinal),
    ];

    /// <summary>The strategy of a name or another name of it; null when there is none.</summary>
    public static StrategyDefinition? Find(string name) => All.FirstOrDefault(definition => definition.Name == name || definition.Aliases.Contains(name));

    /// <summary>A strategy from its name and the values of its knobs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its knobs as written; what is left out takes its default.</param>
    /// <param name="models">Finds models that knobs name.</param>
    /// <param name="files">Reads files that knobs name; null reads each by itself.</param>
    /// <exception cref="FormatException">There is no such strategy, or a knob is wrong; the message says what there is.</exception>
    public static InferenceStrategy Build(string name, IReadOnlyDictionary<string, string> values, Func<string, IChatClient>? models = null, KnobFiles? files = null)
    {
        var definition = Find(name) ?? throw new FormatException($"There is no strategy '{name}'; there are {string.Join(", ", All.Select(definition => definition.Name))}.");
        try
        {
            return definition.Build(new(definition, values, models, files));
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"The strategy '{name}' cannot be built: {error.Message}", error);
        }
    }
}
