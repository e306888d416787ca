namespace Vilfredo.Studies.Execution;

/// <summary>Where a number is looked for.</summary>
public enum OutputStream
{
    /// <summary>Standard output.</summary>
    StandardOutput,

    /// <summary>Standard error.</summary>
    StandardError,

    /// <summary>Standard output, and standard error when nothing is found there.</summary>
    Both,
}
