using System.Globalization;
using System.Text.RegularExpressions;
using Vilfredo.IO;
using Vilfredo.Measurement.CodeEfficiency.Running.Ladders;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Problems;

/// <summary>Problems with a ladder as pages that people read and write: Markdown, several problems a page.</summary>
/// <remarks>
/// A problem is a heading <c># its-name</c>, the statement, a line <c>sizes: 10 300 3000 30000</c>, if wanted <c>tests: 8 4 4 4</c> and
/// <c>any order: true</c>, and fenced blocks of C#: <c>```csharp generator</c> (see <see cref="InputLadder"/>), solutions
/// <c>```csharp name, complexity</c> from the slowest to the fastest, which is the reference, and wrong programs <c>```csharp wrong: why</c>.
/// A solution begins with the line of the entry point's signature. The name of the page's file is the topic.
/// </remarks>
public static partial class ProblemPages
{
    private const string WrongPrefix = "wrong:";

    /// <summary>Reads a page.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFormatException">Something is missing; the message begins with file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<RunnableProblem> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = File.OpenText(path);
        return Read(reader, path);
    }

    /// <summary>Reads a page.</summary>
    /// <param name="reader">Where the lines come from; not closed.</param>
    /// <param name="source">What the text is called in messages; its file name is the topic.</param>
    /// <exception cref="InputFormatException">Something is missing; the message begins with source and line.</exception>
    public static IReadOnlyList<RunnableProblem> Read(TextReader reader, string source)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(source);
        var problems = new List<RunnableProblem>();
        Draft? draft = null;
        (string Title, List<string> Lines)? block = null;
        for (long number = 1; reader.ReadLine() is { } line; number++)
        {
            if (block is { } open)
            {
                if (line.TrimEnd() == "```")
                {
                    draft!.Blocks.Add((open.Title, string.Join('\n', open.Lines)));
                    block = null;
                }
                else
                {
                    open.Lines.Add(line);
                }
            }
            else if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                if (draft is not null) problems.Add(Finish(draft, source));
                draft = new Draft(line[2..].Trim(), number);
            }
            else if (draft is null)
            {
                if (line.Trim().Length > 0) throw new InputFormatException(source, number, "there is text before the first problem", "Begin each problem with a heading: # its-name.");
            }
            else if (Fence().Match(line) is { Success: true } fence)
            {
                block = (fence.Groups["title"].Value.Trim(), []);
            }
            else if (Setting().Match(line) is { Success: true } setting)
            {
                draft.Settings[setting.Groups["name"].Value] = (setting.Groups["value"].Value.Trim(), number);
            }
            else
            {
                draft.Statement.Add(line);
            }
        }

        if (block is not null) throw new InputFormatException(source, draft!.Line, $"a block of \"{draft.Name}\" is not closed", "End it with a line of three backticks.");
        if (draft is not null) problems.Add(Finish(draft, source));
        return problems;
    }

    private static RunnableProblem Finish(Draft draft, string source)
    {
        var right = draft.Blocks.Where(block => block.Title != "generator" && !block.Title.StartsWith(WrongPrefix, StringComparison.Ordinal)).ToList();
        var generator = draft.Blocks.Find(block => block.Title == "generator").Code ?? throw Missing("a block ```csharp generator");
        if (right.Count == 0) throw Missing("a solution: a block ```csharp name, complexity");
        var reference = right[^1].Code;
        var signature = reference.Split('\n')[0];
        var entry = EntryPoint().Match(signature);
        if (!entry.Success) throw new InputFormatException(source, draft.Line, $"the last solution of \"{draft.Name}\" begins with \"{signature}\"", "Begin it with the line of the entry point's signature.");
        var statement = string.Join('\n', draft.Statement).Trim();
        var sizes = Numbers("sizes") ?? throw Missing("a line \"sizes: 10 300 3000 30000\"");
        return new RunnableProblem(draft.Name, entry.Groups["name"].Value, [])
        {
            Topic = Path.GetFileNameWithoutExtension(source),
            Description = statement,
            Prompt = Documented(statement) + Head(signature) + "\n{\n",
            Reference = reference,
            Ladder = new InputLadder(generator, sizes) { TestsPerLevel = Numbers("tests")?.Select(count => (int)count).ToList() },
            Solutions =
            [
                .. right.Select(block => new NamedSolution(block.Title, block.Code, true)),
                .. draft.Blocks.Where(block => block.Title.StartsWith(WrongPrefix, StringComparison.Ordinal))
                    .Select(block => new NamedSolution(block.Title[WrongPrefix.Length..].Trim(), block.Code, false)),
            ],
            Checker = draft.Settings.TryGetValue("any order", out var order) && order.Value == "true"
                ? new Judging.EqualOutput(new Judging.EqualityOptions { AnyOrder = true })
                : Judging.EqualOutput.Default,
        };

        InputFormatException Missing(string what) => new(source, draft.Line, $"\"{draft.Name}\" lacks {what}");

        List<long>? Numbers(string name)
        {
            if (!draft.Settings.TryGetValue(name, out var setting)) return null;
            var numbers = new List<long>();
            foreach (var part in setting.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1)
                    throw new InputFormatException(source, setting.Line, $"{name}: \"{part}\" is not a whole number above 0");
                numbers.Add(value);
            }

            return numbers;
        }
    }

    /// <summary>The signature without a body that follows on the same line.</summary>
    internal static string Head(string signature)
    {
        var arrow = signature.IndexOf(" =>", StringComparison.Ordinal);
        return (arrow < 0 ? signature : signature[..arrow]).TrimEnd();
    }

    private static string Documented(string statement) =>
        string.Concat(statement.Split('\n').Select(line => ("/// " + line).TrimEnd() + "\n"));

    private sealed record Draft(string Name, long Line)
    {
        public List<string> Statement { get; } = [];

        public Dictionary<string, (string Value, long Line)> Settings { get; } = [];

        public List<(string Title, string Code)> Blocks { get; } = [];
    }

    [GeneratedRegex(@"^```csharp (?<title>.+)$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(?<name>sizes|tests|any order): (?<value>.+)$")]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?<name>\w+)\(")]
    private static partial Regex EntryPoint();
}
