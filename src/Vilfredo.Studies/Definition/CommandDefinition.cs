using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies;

/// <summary>The command that a trial runs.</summary>
public sealed record CommandDefinition
{
    /// <summary>Program and arguments with <c>{knob}</c> placeholders; each becomes one argument, never split.</summary>
    public required CommandTemplate Template { get; init; }

    /// <summary>
    /// A program and its arguments to run once before any trial, each time the study starts or goes on, such as one that
    /// prepares the data; empty: none. It has no placeholders.
    /// </summary>
    public IReadOnlyList<string> Setup { get; init; } = [];

    /// <summary>Environment variables to add, with placeholders in their values.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The directory in which it runs; relative to the study file's directory. <see langword="null"/>: the study file's.</summary>
    public string? Directory { get; init; }

    /// <summary>A file that is its standard input, with placeholders; <see langword="null"/>: empty input.</summary>
    public string? StandardInput { get; init; }

    /// <summary>How intermediate values are read from its output as it runs; <see langword="null"/>: they are not.</summary>
    public IntermediateLine? Intermediate { get; init; }

    /// <summary>A file that its standard output goes to, with placeholders; <see langword="null"/>: captured.</summary>
    public string? StandardOutput { get; init; }
}
