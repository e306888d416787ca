using System.Globalization;

namespace Vilfredo.Inference.Catalog;

/// <summary>A setting of a strategy, as files and requests name it.</summary>
/// <param name="Name">Its name, in snake case.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Default">Its value when left out, as it would be written; null where leaving it out means having none.</param>
public sealed record Knob(string Name, KnobKind Kind, string Summary, string? Default)
{
    /// <summary>The least value of a number.</summary>
    public double? Minimum { get; init; }

    /// <summary>The greatest value of a number.</summary>
    public double? Maximum { get; init; }

    /// <summary>Reads a file and throws an <see cref="Exception"/> that says what is wrong with it; null where every file will do.</summary>
    public Action<string>? CheckFile { get; init; }

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What it takes, in words, such as <c>a whole number from 1 to 1024</c>.</summary>
    public string Allowed => Kind switch
    {
        KnobKind.Integer => "a whole number" + Range,
        KnobKind.Number => "a number" + Range,
        KnobKind.Flag => "true or false",
        KnobKind.Choice => $"one of {string.Join(", ", Choices)}",
        KnobKind.Integers => "whole numbers" + Range + ", such as 8-4-1",
        KnobKind.File => "the path of a file or folder",
        KnobKind.Model => "the name of a model",
        KnobKind.Models => "names of models with commas between them",
        _ => "a text",
    };

    private string Range => (Minimum, Maximum) switch
    {
        (null, null) => "",
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $" of at least {least}"),
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $" of at most {most}"),
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
    };
}
