namespace Vilfredo.IO;

/// <summary>What an argument check says, for readers who see values and not parameters: of files and command lines.</summary>
public static class ArgumentMessages
{
    /// <summary>The message without the parameter's name, which the framework appends.</summary>
    public static string WithoutParameter(ArgumentException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.ParamName is { } name ? error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : error.Message;
    }

    /// <summary>The first line of that, without its final period, to stand behind the place where the value was read.</summary>
    public static string FirstSentence(ArgumentException error) => WithoutParameter(error).Split('\n')[0].TrimEnd('.', '\r');
}
