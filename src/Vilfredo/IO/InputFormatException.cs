namespace Vilfredo.IO;

/// <summary>A text that was read does not have the form it should; says where, what was read, and how to mend it.</summary>
public sealed class InputFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="source">The file's path as the user gave it, or a name such as <c>standard input</c>.</param>
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="problem">What was read and what was expected; begins with a lower-case letter or a quote, no final period.</param>
    /// <param name="mend">What the user can do about it, a whole sentence; <see langword="null"/> when the problem says it.</param>
    public InputFormatException(string source, long line, string problem, string? mend = null)
        : base($"{source}:{line}: {problem}")
    {
        InputSource = source;
        Line = line;
        Mend = mend;
    }

    /// <summary>The file's path as the user gave it, or a name such as <c>standard input</c>.</summary>
    public string InputSource { get; }

    /// <summary>The line, counted from 1.</summary>
    public long Line { get; }

    /// <summary>What the user can do about it, or <see langword="null"/>.</summary>
    public string? Mend { get; }
}
