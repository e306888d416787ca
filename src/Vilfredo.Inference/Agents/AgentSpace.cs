using Vilfredo.Inference.Catalog;
using Vilfredo.Studies;
using Knob = Vilfredo.Studies.Knob;

namespace Vilfredo.Inference.Agents;

/// <summary>The configurations of an agent as a study's search space, with the names that the catalog's knobs have.</summary>
public static class AgentSpace
{
    /// <summary>The space: what cost and quality depend on, each knob where it matters.</summary>
    public static SearchSpace Space { get; } = new(
        (Knob[])
        [
            new IntegerKnob("max_steps", 1, 20),
            Words("planning"),
            new IntegerKnob("plan_interval", 1, 8) { When = KnobExpression.Parse("planning == 'interval'") },
            Words("memory"),
            new IntegerKnob("memory_window", 1, 8) { When = KnobExpression.Parse("memory == 'recent'") },
            Words("search"),
            new IntegerKnob("queries", 0, 10),
            new IntegerKnob("results", 1, 10),
            Words("reading"),
            new CategoricalKnob("n", ["1", "2", "4"]),
            // A tree needs a plan, which other knobs decide.
            new CategoricalKnob("selection", ["rollouts", "step_wise", "beam"]) { When = KnobExpression.Parse("n != '1'") },
            new CategoricalKnob("merge", ["list_wise", "score", "majority"]) { When = KnobExpression.Parse("n != '1'") },
            new CategoricalKnob("reflection", ["false", "true"]),
            new CategoricalKnob("restate", ["false", "true"]),
        ]);

    /// <summary>The settings that a study's configuration stands for; knobs that it does not have keep their defaults.</summary>
    /// <exception cref="FormatException">It has a knob that an agent does not, or a value that the knob does not take.</exception>
    public static AgentConfiguration Read(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return AgentKnobs.Configuration(new(AgentKnobs.Definition, configuration.ToDictionary(knob => knob.Key, knob => knob.Value.ToString(), StringComparer.Ordinal)));
    }

    private static CategoricalKnob Words(string name) => new(name, AgentKnobs.Definition.Knobs.First(knob => knob.Name == name).Choices);
}
