using System.Text;

namespace Vilfredo.Studies.Execution;

/// <summary>Quoting for a POSIX shell: the shell reads back exactly the given text, whatever it holds.</summary>
public static class ShellQuoting
{
    /// <summary>One word of a shell line: the text between single quotes.</summary>
    /// <exception cref="ArgumentException">The text holds a NUL character, which no argument can.</exception>
    public static string Quote(string text) => $"'{InSingleQuotes(text)}'";

    /// <summary>A command line for people and for pasting: words quoted only where they must be.</summary>
    public static string Join(IEnumerable<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return string.Join(' ', arguments.Select(argument => IsPlain(argument) ? argument : Quote(argument)));
    }

    internal static string ForContext(string text, ShellContext context) => context switch
    {
        ShellContext.SingleQuotes => InSingleQuotes(text),
        ShellContext.DoubleQuotes => InDoubleQuotes(text),
        _ => Quote(text),
    };

    /// <summary>For text already between single quotes: nothing is special there but the closing quote.</summary>
    private static string InSingleQuotes(string text) => Checked(text).Replace("'", @"'\''", StringComparison.Ordinal);

    /// <summary>For text already between double quotes: four characters are special there.</summary>
    private static string InDoubleQuotes(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in Checked(text))
        {
            if (c is '"' or '\\' or '$' or '`') escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static string Checked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains('\0') ? throw new ArgumentException("The text holds a NUL character, which no argument can.", nameof(text)) : text;
    }

    private static bool IsPlain(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '=' or '+' or ',' or '@' or '%');
}
