using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.CodeEfficiency.Running;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>
/// One program, improved in rounds: what LLM4EFFI and other ways to efficient code are compared with. Direct answers in three styles, generate-then-optimize, refinement in
/// natural language (after ECCO, Waghjale et al., arXiv 2407.14044), optimization by a profile (after Effi-Learner, Huang et al., arXiv 2405.15189), and self-refinement with execution feedback.
/// The question is the task, the answer a program.
/// </summary>
/// <remarks>
/// Where programs run, tests are written as by <see cref="AlgorithmFirstStrategy"/>, input first, and a later version that passes fewer of them is not taken. The profile is the
/// processor time of each test and not of each line. Prompts are our own.
/// </remarks>
public sealed class CodeRefinementStrategy : InferenceStrategy
{
    private readonly CodeRefinementOptions _options;
    private readonly ICandidateRunner? _runner;

    /// <summary>A strategy.</summary>
    /// <param name="options">The settings; null means the defaults.</param>
    /// <param name="runner">Runs programs. Null means a sandbox of its own for each answer.</param>
    public CodeRefinementStrategy(CodeRefinementOptions? options = null, ICandidateRunner? runner = null) => (_options, _runner) = (options ?? new(), runner);

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "code_refine", "a program, made faster or mended in rounds",
        [
            new("language", KnobKind.Choice, "language of the program", "csharp") { Choices = ["csharp", "python"] },
            new("entry_point", KnobKind.Text, "exact name of the method or function; found in the task when left out", null),
            new("style", KnobKind.Choice, "how the first program is asked for", "plain") { Choices = ["plain", "efficient", "reasoned"] },
            new("improve", KnobKind.Choice, "what it is improved by", "optimize") { Choices = ["none", "optimize", "reflect", "profile", "tests"] },
            new("rounds", KnobKind.Integer, "rounds of improvement", "1") { Minimum = 1, Maximum = 10 },
            new("inputs", KnobKind.Integer, "inputs of tests asked for, where programs are run", "20") { Minimum = 1, Maximum = 100 },
            new("test_seconds", KnobKind.Number, "CPU seconds of one test", "1") { Minimum = 0.01, Maximum = 60 },
            new("test_model", KnobKind.Model, "model that writes tests; the strategy's own when left out", null),
        ],
        values => new CodeRefinementStrategy(new CodeRefinementOptions
        {
            Language = values.Text("language") == "python" ? SampleLanguage.Python : SampleLanguage.CSharp,
            EntryPoint = values.Text("entry_point"),
            Style = Enum.Parse<CodePromptStyle>(values.Text("style")!, ignoreCase: true),
            Improvement = Enum.Parse<CodeImprovement>(values.Text("improve")!, ignoreCase: true),
            Rounds = values.Integer("rounds"),
            TestInputs = values.Integer("inputs"),
            TestTime = TimeSpan.FromSeconds(values.Number("test_seconds")!.Value),
            TestClient = values.Model("test_model"),
        }))
    { Source = "ECCO, Waghjale et al., arXiv 2407.14044; Effi-Learner, Huang et al., arXiv 2405.15189", RunsCode = true };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    private bool RunsPrograms => _options.Improvement is CodeImprovement.Profile or CodeImprovement.Tests;

    /// <inheritdoc/>
    public override CallPlan Plan => _options.Improvement switch
    {
        CodeImprovement.None => CallPlan.Fixed(1, 1),
        CodeImprovement.Optimize => new(2, 1 + _options.Rounds, 1 + _options.Rounds),
        CodeImprovement.Reflect => new(3, 1 + 2 * _options.Rounds, 1 + 2 * _options.Rounds),
        CodeImprovement.Profile => new(2 + 1 + _options.TestInputs, null, null),
        _ => new(1 + 1 + _options.TestInputs, null, null),
    };

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!RunsPrograms) return await new CodeRefinementAnswer(run, _options, null).GiveAsync(cancellation).ConfigureAwait(false);
        if (_runner is not null) return await new CodeRefinementAnswer(run, _options, _runner).GiveAsync(cancellation).ConfigureAwait(false);
        using var runner = new SampleRunner();
        return await new CodeRefinementAnswer(run, _options, new SandboxCandidateRunner(runner)).GiveAsync(cancellation).ConfigureAwait(false);
    }
}
