namespace Vilfredo.Neural.Checkpoints.Safetensors;

/// <summary>A file is not what the safetensors format, or the index of a sharded checkpoint, allows; says what was found and what is allowed.</summary>
public sealed class SafetensorsFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="source">The file's path as the user gave it.</param>
    /// <param name="problem">What was read and what was expected; no final period.</param>
    /// <param name="innerException">The cause, or <see langword="null"/>.</param>
    public SafetensorsFormatException(string source, string problem, Exception? innerException = null)
        : base($"{source}: {problem}", innerException) => InputSource = source;

    /// <summary>The file's path as the user gave it.</summary>
    public string InputSource { get; }
}
