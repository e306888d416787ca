namespace Vilfredo.Cli.Errors;

/// <summary>
/// The input is right but the work could not be done (a full disk, a locked study): exit code 1 with message and mend.
/// </summary>
/// <param name="message">What failed; no final period.</param>
/// <param name="mend">What the user can do about it, in whole sentences.</param>
/// <param name="inner">The cause, shown with its stack trace when VILFREDO_DEBUG=1.</param>
internal sealed class CommandFailedException(string message, string? mend = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What the user can do about it, or <see langword="null"/>.</summary>
    public string? Mend { get; } = mend;
}
