using System.Text.Json;
using Vilfredo.IO;
using Vilfredo.Measurement.CodeEfficiency.Formats;
using Vilfredo.Measurement.CodeEfficiency.Running.Judging;
using Vilfredo.Measurement.CodeEfficiency.Running.Ladders;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Problems;

/// <summary>Runnable problems as JSON: one object, or one a line.</summary>
/// <remarks>
/// <c>task_id</c>, <c>entry_point</c> and <c>tests</c>, a list of <c>{"input": [arguments], "expected": output}</c>. Optional:
/// <c>language</c> (<c>csharp</c> or <c>python</c>), <c>reference</c> (a right program; tests may then leave out what they expect),
/// <c>prompt</c> (what completions continue), <c>tolerance</c> (1e-6), <c>any_order</c> (false), <c>checker</c> (<c>equal</c> or <c>one-of</c>).
/// In place of <c>tests</c>, a ladder of growing inputs: <c>generator</c> (C#, see <see cref="InputLadder"/>), <c>sizes</c> and, if wanted,
/// <c>tests_per_level</c>; besides <c>description</c>, <c>topic</c> and <c>solutions</c>, a list of <c>{"name": ..., "source": ..., "right": true}</c>.
/// Values that JSON lacks: <c>{"$float": "NaN"}</c>, <c>{"$set": [...]}</c>, <c>{"$map": [[key, value], ...]}</c>.
/// </remarks>
public static class RunnableProblemFile
{
    private const int MostTests = 1000;

    /// <summary>Reads a file of one problem.</summary>
    /// <exception cref="InputFormatException">The text is no problem.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RunnableProblem ReadOne(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(JsonRecord.Parse(File.ReadAllText(path).AsMemory(), path));
    }

    /// <summary>Reads a file with a problem on each line.</summary>
    /// <exception cref="InputFormatException">A line is no problem, or names one that came before.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<RunnableProblem> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = CodeProblemFile.OpenText(path);
        return Read(reader, path);
    }

    /// <summary>Reads problems, one a line.</summary>
    /// <param name="reader">Where the lines come from; not closed.</param>
    /// <param name="source">What the text is called in messages.</param>
    /// <exception cref="InputFormatException">A line is no problem, or names one that came before.</exception>
    public static IReadOnlyList<RunnableProblem> Read(TextReader reader, string source)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(source);
        var problems = new Dictionary<string, RunnableProblem>();
        foreach (var (number, text) in JsonLines.Read(reader, CodeProblemFile.MaximumLineLength, (line, problem) => new InputFormatException(source, line, problem)))
        {
            var record = JsonRecord.Parse(text.AsMemory(), source, number);
            var parsed = Parse(record);
            if (!problems.TryAdd(parsed.Id, parsed)) throw record.Problem($"there is a problem \"{parsed.Id}\" already", "Give every problem its own task_id.");
        }

        return [.. problems.Values];
    }

    private static RunnableProblem Parse(JsonRecord record)
    {
        var parsed = record.Has("generator") ? WithLadder(record) : WithTests(record);
        return parsed with
        {
            Language = Language(record),
            Prompt = record.OptionalText("prompt") ?? "",
            Description = record.OptionalText("description") ?? "",
            Topic = record.OptionalText("topic") ?? "",
            Solutions = record.Has("solutions")
                ? [.. record.Objects("solutions").Select(solution => new NamedSolution(solution.Text("name"), solution.Text("source"), solution.OptionalBoolean("right") ?? true))]
                : [],
        };
    }

    private static RunnableProblem WithLadder(JsonRecord record)
    {
        if (record.Has("tests")) throw record.Problem("there are both \"tests\" and a \"generator\"", "Give fixed tests, or a generator with sizes.");
        var reference = record.OptionalText("reference") ?? throw record.Problem("there is a \"generator\" and no \"reference\"", "Give a right program: it says what each input expects.");
        var sizes = record.LongIntegers("sizes");
        if (sizes.Length < 2 || sizes.Any(size => size < 1))
            throw record.Problem("\"sizes\" are not two or more numbers above 0", "Give the size of each level from 0 on, such as [10, 300, 3000, 30000].");
        var tests = record.Has("tests_per_level") ? record.Integers("tests_per_level") : null;
        if (tests is not null && (tests.Length != sizes.Length || tests.Any(count => count is < 1 or > MostTests)))
            throw record.Problem($"\"tests_per_level\" are not {sizes.Length} numbers from 1 to {MostTests}", "Give one for each size.");
        return new RunnableProblem(record.Text("task_id"), record.Text("entry_point"), [])
        {
            Reference = reference,
            Checker = Checker(record, hasExpected: false),
            Ladder = new InputLadder(record.Text("generator"), sizes) { TestsPerLevel = tests },
        };
    }

    private static RunnableProblem WithTests(JsonRecord record)
    {
        var tests = record.Objects("tests");
        if (tests.Length == 0) throw record.Problem("there are no tests", "Give at least one {\"input\": [...], \"expected\": ...}.");
        var expecting = tests.Count(test => test.Names.Contains("expected"));
        var reference = record.OptionalText("reference");
        if (expecting != tests.Length && (expecting > 0 || reference is null))
            throw record.Problem($"{tests.Length - expecting} of {tests.Length} tests expect nothing", "Give each an \"expected\", or none, and a right program as \"reference\".");
        return new RunnableProblem(record.Text("task_id"), record.Text("entry_point"), [.. tests.Select(Input)])
        {
            Expected = expecting > 0 ? [.. tests.Select(test => test.Value("expected"))] : null,
            Reference = reference,
            Checker = Checker(record, expecting > 0),
        };
    }

    private static JsonElement Input(JsonRecord test) => test.Value("input") is { ValueKind: JsonValueKind.Array } input
        ? input
        : throw test.Problem("the \"input\" of a test is no list", "Give a list with one value per parameter, such as [[3, 1, 2]] for one list.");

    private static SampleLanguage Language(JsonRecord record) => (record.OptionalText("language") ?? "csharp").ToLowerInvariant() switch
    {
        "csharp" or "c#" or "cs" => SampleLanguage.CSharp,
        "python" or "py" => SampleLanguage.Python,
        var other => throw record.Problem($"the language \"{other}\" cannot be run", "Samples are run in csharp or python."),
    };

    private static IOutputChecker Checker(JsonRecord record, bool hasExpected)
    {
        var equality = record.Checked(() => new EqualOutput(new EqualityOptions
        {
            AbsoluteTolerance = record.OptionalNumber("tolerance") ?? new EqualityOptions().AbsoluteTolerance,
            AnyOrder = record.OptionalBoolean("any_order") ?? false,
        }));
        return record.OptionalText("checker") switch
        {
            null or "equal" => equality,
            "one-of" when hasExpected => new OneOf(equality),
            "one-of" => throw record.Problem("the checker one-of needs tests that expect something", "Give each test the list of right outputs as \"expected\"."),
            var other => throw record.Problem($"there is no checker \"{other}\"", "It is equal or one-of; others can be written in C#, see IOutputChecker."),
        };
    }
}
