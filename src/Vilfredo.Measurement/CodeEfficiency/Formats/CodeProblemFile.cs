using System.IO.Compression;
using Vilfredo.IO;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Measurement.CodeEfficiency.Formats;

/// <summary>
/// Problems as JSON lines in the layouts of HumanEval (with HumanEval+ and the multilingual mxeval files) and MBPP (original and
/// sanitized). Each line says by its keys which it is. Other keys are ignored.
/// </summary>
public static class CodeProblemFile
{
    /// <summary>Longer lines are refused before they are kept in memory.</summary>
    public const int MaximumLineLength = 1 << 24;

    /// <summary>Reads a file, unpacking it when its name ends in <c>.gz</c>.</summary>
    /// <exception cref="InputFormatException">A line is wrong; the message begins with file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<CodeProblem> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = OpenText(path);
        return [.. Read(reader, path)];
    }

    /// <summary>Reads problems one by one.</summary>
    /// <param name="reader">Where the lines come from; not closed.</param>
    /// <param name="source">What the text is called in messages.</param>
    /// <exception cref="InputFormatException">A line is no problem, or names one that came before.</exception>
    public static IEnumerable<CodeProblem> Read(TextReader reader, string source)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(source);
        return Problems();

        IEnumerable<CodeProblem> Problems()
        {
            var lines = new Dictionary<string, int>();
            foreach (var (number, text) in JsonLines.Read(reader, MaximumLineLength, (line, problem) => new InputFormatException(source, line, problem)))
            {
                var record = JsonRecord.Parse(text.AsMemory(), source, number);
                var parsed = Parse(record);
                if (!lines.TryAdd(parsed.Id, number))
                    throw record.Problem($"problem \"{parsed.Id}\" is on line {lines[parsed.Id]} already", "Give every problem its own task_id.");
                yield return parsed;
            }
        }
    }

    internal static TextReader OpenText(string path)
    {
        var file = File.OpenRead(path);
        return new StreamReader(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    private static CodeProblem Parse(JsonRecord record)
    {
        if (record.Has("test_list"))
        {
            var description = record.Text(record.Has("text") ? "text" : "prompt");
            return new CodeProblem(record.IsNumber("task_id") ? $"Mbpp/{record.Integer("task_id")}" : record.Text("task_id"), description, "python")
            {
                Description = description,
                Tests = string.Join('\n', Setup().Concat(record.Texts("test_list"))),
                CanonicalSolution = record.OptionalText("code"),
            };
        }

        return new CodeProblem(record.Text("task_id"), record.Text("prompt"), record.OptionalText("language")?.ToLowerInvariant() ?? "python")
        {
            EntryPoint = record.Text("entry_point"),
            Tests = record.OptionalText("test"),
            CanonicalSolution = record.OptionalText("canonical_solution"),
            Description = record.OptionalText("description"),
        };

        IEnumerable<string> Setup()
        {
            if (record.Has("test_imports")) return record.Texts("test_imports");
            return record.OptionalText("test_setup_code") is { Length: > 0 } setup ? [setup] : [];
        }
    }
}
