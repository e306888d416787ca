using System.Text.Json;
using System.Text.RegularExpressions;
using Vilfredo.Measurement.CodeEfficiency.Formats;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Compiling;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Evaluation.Problems;

/// <summary>Judges Python programs by a problem's own tests, run in the sandbox of <see cref="SampleRunner"/>: the forms of HumanEval (a function <c>check</c>) and MBPP (assertions).</summary>
public sealed partial class CodeGrader : IAnswerGrader
{
    private const string Check = "vilfredo_check_all_tests";

    private readonly SampleRunner _runner;
    private readonly CodeProblem _problem;
    private readonly RunSettings _settings;

    /// <summary>A grader.</summary>
    /// <param name="runner">Runs the programs; it stays the caller's.</param>
    /// <param name="problem">The problem, in Python, with tests.</param>
    /// <param name="settings">Limits; null means the defaults.</param>
    /// <exception cref="FormatException">The problem has no tests, or another language.</exception>
    public CodeGrader(SampleRunner runner, CodeProblem problem, RunSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.Tests is null)
            throw new FormatException($"The problem {problem.Id} has no tests to judge answers by.");
        if (problem.Language != "python")
            throw new FormatException($"The problem {problem.Id} is in {problem.Language}; answers in Python are judged.");
        (_runner, _problem, _settings) = (runner, problem, settings ?? new());
    }

    /// <inheritdoc/>
    public string Fingerprint => $"code {_problem.EntryPoint}: {_problem.Tests}";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Programs cannot be run on this machine.</exception>
    public async Task<Grade> GradeAsync(string response, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (string.IsNullOrWhiteSpace(response))
            return Grade.IllFormed;
        SampleRun run;
        try
        {
            using var none = JsonDocument.Parse("[]");
            run = await _runner.RunAsync(new() { Language = SampleLanguage.Python, Source = Program(response), EntryPoint = Check }, [none.RootElement.Clone()], _settings, cancellation).ConfigureAwait(false);
        }
        catch (FileNotFoundException error)
        {
            throw new InvalidOperationException($"Answers in code cannot be judged here: {error.Message}", error);
        }

        return run.Verdict switch
        {
            SampleVerdict.Completed => Grade.Correct,
            SampleVerdict.CompileError => Grade.IllFormed,
            SampleVerdict.HostFailure => throw new InvalidOperationException($"The sandbox could not run an answer: {string.Join(" ", run.Diagnostics)}"),
            _ => Grade.Wrong,
        };
    }

    /// <summary>The program that is run: what the model wrote, as a whole or behind the prompt that it continues, and the tests as one function.</summary>
    private string Program(string response)
    {
        var code = ModelAnswer.ExtractCode(response, SampleLanguage.Python);
        var isWhole = _problem.EntryPoint is not { } name || Regex.IsMatch(code, $@"^\s*(async\s+)?def\s+{Regex.Escape(name)}\s*\(", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
        // The imports of the prompt are there for a whole function too.
        var before = _problem.EntryPoint is null ? "" : isWhole ? string.Join('\n', _problem.Prompt.Split('\n').Where(line => Import().IsMatch(line))) : _problem.Prompt;
        var tests = _problem.EntryPoint is null
            ? $"def {Check}():\n{Indented(_problem.Tests!)}\n    return True\n"
            : $"{_problem.Tests}\n\ndef {Check}():\n    check({_problem.EntryPoint})\n    return True\n";
        return $"{before}{(isWhole ? "\n" : "")}{code}\n\n{tests}";
    }

    private static string Indented(string lines) => string.Join('\n', lines.Split('\n').Select(line => "    " + line));

    [GeneratedRegex(@"^(from\s+\S+\s+import\s|import\s)")]
    private static partial Regex Import();
}
