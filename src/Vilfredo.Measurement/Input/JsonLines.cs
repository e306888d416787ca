using System.Text;
using System.Text.Json;

namespace Vilfredo.Measurement.Input;

/// <summary>The lines of a file of JSON lines, with their numbers; blank ones are skipped.</summary>
internal static class JsonLines
{
    /// <summary>Reads lines one by one.</summary>
    /// <param name="reader">Where the lines come from; not closed.</param>
    /// <param name="maximumLength">Longer lines are refused before they are kept in memory.</param>
    /// <param name="problem">Makes the exception of a bad line from its number and what is wrong.</param>
    public static IEnumerable<(int Number, string Text)> Read(TextReader reader, int maximumLength, Func<int, string, FormatException> problem)
    {
        for (var number = 1; ReadLine(reader, maximumLength, number, problem) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line)) yield return (number, line);
        }
    }

    /// <summary>What a parser says is wrong, without the framework's positions in its own terms and the final period.</summary>
    public static string Reason(JsonException error) => error.Message.Split(" Path:")[0].Split(" LineNumber:")[0].TrimEnd('.');

    private static string? ReadLine(TextReader reader, int maximumLength, int number, Func<int, string, FormatException> problem)
    {
        var line = new StringBuilder();
        int next;
        try
        {
            while ((next = reader.Read()) >= 0)
            {
                if (next == '\n') return line.ToString();
                if (line.Length == maximumLength) throw problem(number, $"longer than {maximumLength} characters; is the file made of JSON lines?");
                line.Append((char)next);
            }
        }
        catch (InvalidDataException)
        {
            throw problem(number, "the compressed data is damaged, or is not gzip");
        }

        return line.Length > 0 ? line.ToString() : null;
    }
}
