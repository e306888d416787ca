namespace Vilfredo.Studies.Execution;

/// <summary>Where in a shell line a value stands.</summary>
internal enum ShellContext
{
    /// <summary>Outside quotes.</summary>
    Unquoted,

    /// <summary>Between single quotes.</summary>
    SingleQuotes,

    /// <summary>Between double quotes.</summary>
    DoubleQuotes,
}
