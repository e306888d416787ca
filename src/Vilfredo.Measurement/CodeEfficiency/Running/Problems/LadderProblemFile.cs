using System.Text.Encodings.Web;
using System.Text.Json;
using Vilfredo.Measurement.CodeEfficiency.Running.Judging;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Problems;

/// <summary>Problems with a ladder as JSON lines: what <see cref="RunnableProblemFile"/> reads, with the keys of HumanEval's multilingual files besides.</summary>
public static class LadderProblemFile
{
    private const string Resource = "Vilfredo.Measurement.CodeEfficiency.problems.jsonl";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Lazy<IReadOnlyList<RunnableProblem>> Own = new(() =>
    {
        using var reader = new StreamReader(typeof(LadderProblemFile).Assembly.GetManifestResourceStream(Resource)!);
        return RunnableProblemFile.Read(reader, "problems.jsonl");
    });

    /// <summary>
    /// The library's own problems in C#, by topic: each with a generator, several right programs of different complexity and, mostly, a wrong one.
    /// </summary>
    public static IReadOnlyList<RunnableProblem> Library => Own.Value;

    /// <summary>Writes problems, one a line.</summary>
    /// <param name="writer">Where to; not closed.</param>
    /// <param name="problems">Problems with a ladder and a reference.</param>
    /// <exception cref="ArgumentException">A problem has no ladder or no reference.</exception>
    public static void Write(TextWriter writer, IEnumerable<RunnableProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(problems);
        foreach (var problem in problems)
        {
            if (problem.Ladder is not { } ladder || problem.Reference is not { } reference)
                throw new ArgumentException($"Problem {problem.Id} has no ladder or no reference; give it a generator, sizes and a right program.", nameof(problems));
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream, Options)) Write(json, problem, ladder, reference);
            writer.Write(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
            writer.Write('\n');
        }
    }

    private static void Write(Utf8JsonWriter json, RunnableProblem problem, Ladders.InputLadder ladder, string reference)
    {
        json.WriteStartObject();
        json.WriteString("task_id", problem.Id);
        json.WriteString("topic", problem.Topic);
        json.WriteString("language", problem.Language == SampleLanguage.Python ? "python" : "csharp");
        json.WriteString("entry_point", problem.EntryPoint);
        json.WriteString("description", problem.Description);
        json.WriteString("prompt", problem.Prompt);
        if (Body(problem.Prompt, reference) is { } body) json.WriteString("canonical_solution", body);
        json.WriteString("reference", reference);
        WriteNumbers(json, "sizes", ladder.Sizes);
        if (ladder.TestsPerLevel is { } tests) WriteNumbers(json, "tests_per_level", tests.Select(count => (long)count));
        if (problem.Checker is EqualOutput { Options.AnyOrder: true }) json.WriteBoolean("any_order", true);
        json.WriteString("generator", ladder.Generator);
        json.WriteStartArray("solutions");
        foreach (var solution in problem.Solutions)
        {
            json.WriteStartObject();
            json.WriteString("name", solution.Name);
            json.WriteBoolean("right", solution.IsRight);
            json.WriteString("source", solution.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    /// <summary>What follows the prompt's opening brace in the reference; <see langword="null"/> where the reference begins otherwise.</summary>
    private static string? Body(string prompt, string reference)
    {
        var lines = prompt.TrimEnd('\n').Split('\n');
        var start = string.Join('\n', lines.SkipWhile(line => line.StartsWith("///", StringComparison.Ordinal))) + "\n";
        return reference.StartsWith(start, StringComparison.Ordinal) ? reference[start.Length..] + "\n" : null;
    }
}
