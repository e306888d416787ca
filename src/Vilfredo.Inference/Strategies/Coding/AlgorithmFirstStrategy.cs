using Microsoft.Extensions.AI;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.CodeEfficiency.Running;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>Efficient code by thinking of algorithms first and repairing correctness last: LLM4EFFI (Ye et al., arXiv 2502.18489). The question is the task, the answer a program.</summary>
/// <remarks>
/// <para>
/// The task is formalized; tests are written, input first; several algorithms are designed (logic domain), each with advice on its
/// implementation (code domain), and written; all candidates run on all tests; tests that some candidate fails are judged against the
/// task; each candidate is repaired once with the tests found valid, and keeps the better of its two versions; of those that pass most, the
/// most efficient is picked. Stages follow the released code as read (its prompts are not ours). There a test counts as valid when the
/// judge's answer contains "NO" although the prompt asks for yes; here it is valid when the first yes or no is a yes.
/// </para>
/// <para>
/// Unless told otherwise candidates run in the sandbox of <see cref="SampleRunner"/> and nowhere else. Tests are values (JSON), not code.
/// </para>
/// </remarks>
public sealed class AlgorithmFirstStrategy : InferenceStrategy
{
    /// <summary>How often a reply is asked for before it is given up.</summary>
    internal const int Attempts = 3;

    private const string Old = "old", New = "new";

    private readonly AlgorithmFirstOptions _options;
    private readonly ICandidateRunner? _runner;

    /// <summary>A strategy.</summary>
    /// <param name="options">The settings; null means the defaults.</param>
    /// <param name="runner">Runs candidates. Null means a sandbox of its own for each answer.</param>
    public AlgorithmFirstStrategy(AlgorithmFirstOptions? options = null, ICandidateRunner? runner = null) => (_options, _runner) = (options ?? new(), runner);

    /// <summary>How files name it.</summary>
    public static StrategyDefinition Definition { get; } = new(
        "llm4effi", "a program: algorithms first, then code, then self-made tests, judged, and repair",
        [
            new("language", KnobKind.Choice, "language of the program", "csharp") { Choices = ["csharp", "python"] },
            new("entry_point", KnobKind.Text, "exact name of the method or function; found in the task when left out", null),
            new("design", KnobKind.Choice, "where candidates come from", "algorithms") { Choices = ["algorithms", "programs", "samples", "single"] },
            new("n", KnobKind.Integer, "number of algorithms or programs", "5") { Minimum = 1, Maximum = 10 },
            new("advice", KnobKind.Flag, "whether advice on the implementation is asked for", "true"),
            new("formalization_rounds", KnobKind.Integer, "most rounds of formalizing the task", "5") { Minimum = 0, Maximum = 20 },
            new("inputs", KnobKind.Integer, "inputs of tests asked for; 0 for no tests", "20") { Minimum = 0, Maximum = 100 },
            new("judge_tests", KnobKind.Flag, "whether tests that a candidate fails are judged against the task", "true"),
            new("accept_majority", KnobKind.Flag, "whether a disputed test that most candidates pass is kept unasked", "false"),
            new("repair_rounds", KnobKind.Integer, "rounds of repair", "1") { Minimum = 0, Maximum = 3 },
            new("keep", KnobKind.Choice, "which version of a candidate is kept when both pass as many tests", Old) { Choices = [Old, New] },
            new("tie_break", KnobKind.Choice, "how the most efficient of the best candidates is picked", "ask") { Choices = ["ask", "measured", "first"] },
            new("test_seconds", KnobKind.Number, "CPU seconds of one test", "1") { Minimum = 0.01, Maximum = 60 },
            new("test_model", KnobKind.Model, "model that writes and judges tests; the strategy's own when left out", null),
            new("algorithm_model", KnobKind.Model, "model that thinks of algorithms and advice; the strategy's own when left out", null),
        ],
        values => new AlgorithmFirstStrategy(new AlgorithmFirstOptions
        {
            Language = values.Text("language") == "python" ? SampleLanguage.Python : SampleLanguage.CSharp,
            EntryPoint = values.Text("entry_point"),
            Design = Enum.Parse<CandidateDesign>(values.Text("design")!, ignoreCase: true),
            Candidates = values.Integer("n"),
            AsksForAdvice = values.Flag("advice"),
            FormalizationRounds = values.Integer("formalization_rounds"),
            TestInputs = values.Integer("inputs"),
            JudgesTests = values.Flag("judge_tests"),
            AcceptsMajority = values.Flag("accept_majority"),
            RepairRounds = values.Integer("repair_rounds"),
            PrefersRepaired = values.Text("keep") == New,
            TieBreak = Enum.Parse<CandidateTieBreak>(values.Text("tie_break")!, ignoreCase: true),
            TestTime = TimeSpan.FromSeconds(values.Number("test_seconds")!.Value),
            TestClient = values.Model("test_model"),
            AlgorithmClient = values.Model("algorithm_model"),
        }))
    { Aliases = ["algorithm_first"], Source = "Ye et al., arXiv 2502.18489", RunsCode = true };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <summary>The calls when the first formalization is accepted, each input gets its output, no test is disputed and no tie is asked about.</summary>
    public override CallPlan Plan
    {
        get
        {
            var programs = _options.Design is CandidateDesign.Algorithms or CandidateDesign.Samples ? _options.Candidates : 1;
            var advice = _options.AsksForAdvice && _options.Design != CandidateDesign.Programs ? programs : 0;
            var calls = (_options.FormalizationRounds > 0 ? 2 : 0) + (_options.TestInputs > 0 ? 1 + _options.TestInputs : 0)
                + (_options.Design == CandidateDesign.Algorithms ? 1 : 0) + advice + programs;
            return new(calls, null, null);
        }
    }

    /// <inheritdoc/>
    public override async Task<StrategyOutcome> AnswerAsync(StrategyRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_runner is not null) return await new AlgorithmFirstAnswer(run, _options, _runner).GiveAsync(cancellation).ConfigureAwait(false);
        using var runner = new SampleRunner();
        return await new AlgorithmFirstAnswer(run, _options, new SandboxCandidateRunner(runner)).GiveAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>A call at temperature 0 about the task, without the caller's tools and formats.</summary>
    internal static CallRequest Request(string role, string prompt, int round, int sibling, IReadOnlyList<Candidate> after, IChatClient? client) => new()
    {
        Role = role,
        Round = round,
        Sibling = sibling,
        After = after,
        Client = client,
        Messages = [new(ChatRole.User, prompt)],
        Temperature = 0,
        OverridesOptions = true,
    };
}
