using Vilfredo.IO;

namespace Vilfredo.Cli.Errors;

/// <summary>The user's input or usage is wrong: the command line ends with exit code 2 and shows message and mend.</summary>
/// <param name="message">What was given and what is wrong with it; no final period, a place such as file:line first.</param>
/// <param name="mend">What the user can do about it, in whole sentences.</param>
internal sealed class UserErrorException(string message, string? mend = null) : Exception(message)
{
    /// <summary>What the user can do about it, or <see langword="null"/> when the message says it.</summary>
    public string? Mend { get; } = mend;

    /// <summary>
    /// Turns a validation error of the library into one of the user. Called where a command passes the user's values on
    /// and nowhere else, so that an <see cref="ArgumentException"/> caused by a bug still shows as a bug.
    /// </summary>
    /// <param name="place">Where the values came from, such as <c>points.txt, data set 2</c>.</param>
    /// <param name="error">What the library said.</param>
    public static UserErrorException From(string place, ArgumentException error) => new($"{place}: {ArgumentMessages.FirstSentence(error)}");
}
