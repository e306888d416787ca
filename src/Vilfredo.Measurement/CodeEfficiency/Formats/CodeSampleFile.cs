using Vilfredo.IO;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Measurement.CodeEfficiency.Formats;

/// <summary>
/// Samples as JSON lines: <c>task_id</c> with either <c>completion</c> (HumanEval, mxeval) or <c>solution</c> (EvalPlus, EvalPerf),
/// and <c>passed</c> in files of results. A problem has as many lines as samples.
/// </summary>
public static class CodeSampleFile
{
    /// <summary>Reads a file, unpacking it when its name ends in <c>.gz</c>.</summary>
    /// <exception cref="InputFormatException">A line is wrong; the message begins with file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<CodeSample> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = CodeProblemFile.OpenText(path);
        return [.. Read(reader, path)];
    }

    /// <summary>Reads samples one by one.</summary>
    /// <param name="reader">Where the lines come from; not closed.</param>
    /// <param name="source">What the text is called in messages.</param>
    /// <exception cref="InputFormatException">A line is no sample.</exception>
    public static IEnumerable<CodeSample> Read(TextReader reader, string source)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(source);
        return JsonLines.Read(reader, CodeProblemFile.MaximumLineLength, (line, problem) => new InputFormatException(source, line, problem))
            .Select(line => Parse(JsonRecord.Parse(line.Text.AsMemory(), source, line.Number)));
    }

    private static CodeSample Parse(JsonRecord record)
    {
        var (solution, completion) = (record.Has("solution"), record.Has("completion"));
        if (solution == completion)
        {
            throw record.Problem(
                solution ? "there are both \"solution\" and \"completion\"" : "there is neither \"solution\" nor \"completion\"",
                "Give a whole program as \"solution\", or what follows the prompt as \"completion\".");
        }

        var task = record.IsNumber("task_id") ? $"Mbpp/{record.Integer("task_id")}" : record.Text("task_id");
        return new CodeSample(task, record.Text(solution ? "solution" : "completion"), completion, record.OptionalBoolean("passed"));
    }
}
