using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Strategies.Search.Chains;
using Vilfredo.Inference.Strategies.Selection;
using Vilfredo.Inference.Strategies.Stages;

namespace Vilfredo.Inference.Strategies.Search;

/// <summary>Knobs of strategies that search.</summary>
public static class SearchKnobs
{
    /// <summary>Whether nodes are whole answers or steps, <c>nodes</c>.</summary>
    public static Knob Nodes { get; } = new("nodes", KnobKind.Choice, "whether nodes of the tree are whole answers or single steps", "answers") { Choices = ["answers", "steps"] };

    /// <summary>The models that make nodes, <c>models</c>.</summary>
    public static Knob Models { get; } = new("models", KnobKind.Models, "the models that make nodes; the search chooses among them", null);

    /// <summary>The nodes made side by side, <c>batch</c>.</summary>
    public static Knob Batch { get; } = new("batch", KnobKind.Integer, "nodes made side by side before the search chooses again", "1") { Minimum = 1, Maximum = 256 };

    /// <summary>The number of nodes, <c>trials</c>.</summary>
    public static Knob Trials(string value) => new("trials", KnobKind.Integer, "most nodes that are made; 1 is a plain call", value) { Minimum = 1, Maximum = 100_000 };

    /// <summary>The greatest depth, <c>depth</c>.</summary>
    public static Knob Depth(string value) => new("depth", KnobKind.Integer, "greatest depth of the tree", value) { Minimum = 1, Maximum = 1024 };

    /// <summary>A number of nodes.</summary>
    public static Knob Count(string name, string summary, string value) => new(name, KnobKind.Integer, summary, value) { Minimum = 1, Maximum = 1024 };

    /// <summary>Knobs of <see cref="StepGrowth"/>.</summary>
    public static IReadOnlyList<Knob> ForSteps { get; } = [.. StageKnobs.Of("step", tokens: "512"), .. JudgeKnobs.All];

    /// <summary>Knobs of both kinds of nodes.</summary>
    public static IReadOnlyList<Knob> ForBoth { get; } = [Nodes, Models, CommonKnobs.Temperature("0.7"), .. ForSteps];

    /// <summary>Growth by steps.</summary>
    /// <param name="values">Has <see cref="ForSteps"/>.</param>
    public static StepGrowth Steps(KnobValues values) => new() { Steps = StageKnobs.Settings(values, "step"), Judge = JudgeKnobs.Settings(values) };

    /// <summary>Growth as the knob <c>nodes</c> says.</summary>
    /// <param name="values">Has <see cref="ForBoth"/>.</param>
    public static TreeGrowth Growth(KnobValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Text("nodes") == "steps"
            ? new StepGrowth { Steps = StageKnobs.Settings(values, "step"), Judge = JudgeKnobs.Settings(values), Models = values.Models("models") }
            : new AnswerGrowth { Temperature = values.Number("temperature")!.Value, Judge = JudgeKnobs.Settings(values), Models = values.Models("models") };
    }
}
