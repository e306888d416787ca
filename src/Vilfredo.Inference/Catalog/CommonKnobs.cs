using Vilfredo.Inference.Answers;

namespace Vilfredo.Inference.Catalog;

/// <summary>Knobs that several strategies have.</summary>
public static class CommonKnobs
{
    /// <summary>How final answers are found in responses, <c>answer</c>.</summary>
    public static Knob Answer { get; } = new("answer", KnobKind.Choice, "where the final answer stands in a response", "auto") { Choices = AnswerExtractors.Names };

    /// <summary>The temperature of attempts, <c>temperature</c>, where the caller sets none.</summary>
    public static Knob Temperature(string value) => new("temperature", KnobKind.Number, "temperature of the attempts, where the caller sets none", value) { Minimum = 0, Maximum = 2 };

    /// <summary>A number of attempts, <c>n</c>.</summary>
    public static Knob Attempts(string value, int minimum = 1) => new("n", KnobKind.Integer, "number of attempts", value) { Minimum = minimum, Maximum = 1024 };
}
