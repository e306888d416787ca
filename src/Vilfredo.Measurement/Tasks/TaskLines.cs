using System.Text.Encodings.Web;
using System.Text.Json;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Measurement.Tasks;

/// <summary>
/// Tasks as JSON lines: one object per line with the properties of <see cref="TaskItem"/> in camel case. Blank lines
/// are skipped. Reading is strict: unknown families, missing properties and items whose own answer their checker
/// refuses are errors that name the line.
/// </summary>
public static class TaskLines
{
    /// <summary>Longer lines are refused before they are kept in memory.</summary>
    public const int MaximumLineLength = 1 << 20;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 8,
        RespectNullableAnnotations = true,
    };

    /// <summary>One item as one line, without the line break.</summary>
    public static string Format(TaskItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return JsonSerializer.Serialize(item, Options);
    }

    /// <summary>Reads items one by one.</summary>
    /// <param name="reader">Where the lines come from; not closed.</param>
    /// <exception cref="FormatException">A line is wrong; the message starts with its number, as in <c>line 3: ...</c>.</exception>
    public static IEnumerable<TaskItem> Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return JsonLines.Read(reader, MaximumLineLength, Problem).Select(line => Parse(line.Text, line.Number));
    }

    private static TaskItem Parse(string line, int number)
    {
        TaskItem item;
        try
        {
            item = JsonSerializer.Deserialize<TaskItem>(line, Options)
                ?? throw new FormatException($"line {number}: null is not a task; each line must be a JSON object");
        }
        catch (JsonException error)
        {
            throw new FormatException($"line {number}: not a task: {JsonLines.Reason(error)}", error);
        }

        if (TaskFamilies.Find(item.Family) is not { } family)
        {
            var known = string.Join(", ", TaskFamilies.All.Select(f => f.Name));
            throw new FormatException($"line {number}: there is no family \"{Shorten(item.Family)}\"; known are {known}");
        }

        if (item.Difficulty < 1 || item.Steps < 0)
            throw new FormatException($"line {number}: difficulty must be at least 1 and steps at least 0, given {item.Difficulty} and {item.Steps}");
        return family.Check(item, $"{AnswerText.Mark} {item.Answer}") == Grade.Correct
            ? item
            : throw new FormatException($"line {number}: the item's own answer \"{Shorten(item.Answer)}\" does not pass the checker of {family.Name}");
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";

    private static FormatException Problem(int number, string problem) => new($"line {number}: {problem}");
}
