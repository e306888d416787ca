using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Coding;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Ye et al., "LLM4EFFI: Leveraging Large Language Models to Enhance Code Efficiency and Correctness" (2025): what its pipeline does with a
/// simulated coder of given competence. No model that writes code can be had here.
/// </summary>
public sealed class Llm4EffiStudy : Reproduction
{
    private const string Pipeline = "llm4effi", Direct = "direct", Sampled = "sample and select", Believing = "without judging", Unrepaired = "without repair", Measured = "measured tie-break";
    private const string AtOnce = "five at once", Optimized = "generate, then optimize", Profiled = "optimize by profile", Mended = "self-refine by tests";
    private const string Weak = "p=0.5, naive 0.7, w=0.15", Strong = "p=0.8, naive 0.7, w=0.15", Even = "p=0.8, even, w=0.15", Clean = "p=0.5, naive 0.7, w=0";
    private const string Calls = "calls per task", Efficiency = "efficiency (simulated coder)", Pass = "pass@1 (simulated coder)", Tokens = "tokens per task";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "llm4effi", "LLM4EFFI: Leveraging Large Language Models to Enhance Code Efficiency and Correctness", "Ye, Huang, Zhang, Ma, Liu, Yin, Wang", 2025, "arXiv 2502.18489");

    /// <inheritdoc/>
    public override string Setting =>
        "Simulated coder, no language model: it recognizes the stage of a prompt and answers by chance with programs of the library's own problems (16 at full scale). A "
        + "program is right with probability p; written straight from the task it is of the slowest family with probability 0.7 (or all families alike), from a designed algorithm it "
        + "is of that algorithm's, and algorithms are drawn evenly over the families; derived outputs are wrong with probability w, judgements of tests right with 0.85, a repair "
        + "mends with 0.5 and breaks with 0.05, a call to optimize gives the next faster family with 0.5 and breaks with 0.05, the most efficient is picked with 0.7. The wish for efficiency in a "
        + "prompt, thinking first and remarks in words leave this coder as it is, so that the styles of `code_refine` are not compared here. These numbers are assumed, not measured. All programs really ran in the sandbox on "
        + "20 small inputs, once; candidates get those outputs. Efficiency is the place of a right program's family between the slowest (0) and the reference (1), wrong programs have 0; "
        + "the measured tie-break stands for a perfect meter. It tests the orchestration; it says nothing about any real model.";

    /// <inheritdoc/>
    public override string Use =>
        "`new StrategyChatClient(model, new AlgorithmFirstStrategy())`, or `llm4effi` in a study of strategies: the question is a programming task, the answer a program. Some 35 calls per task.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        new(Pipeline, "the whole pipeline: 5 algorithms, advice, 20 tests, judging, one repair, asked tie-break"),
        new(Believing, "the pipeline without judging tests"),
        new(Unrepaired, "the pipeline without repair"),
        new(Measured, "the pipeline with a measured tie-break"),
        new(Sampled, "10 programs straight from the task, the same tests, judging and pick; about as many calls", IsBaseline: true),
        new(AtOnce, "the pipeline with five programs written in one call in place of algorithms, and no advice", IsBaseline: true),
        new(Optimized, "one program straight from the task, then one call to optimize it", IsBaseline: true),
        new(Profiled, "one program, then up to 3 calls to optimize it by the time of each self-made test; a version that passes fewer is not taken", IsBaseline: true),
        new(Mended, "one program, then up to 3 calls to mend it by the self-made tests that it fails", IsBaseline: true),
        new(Direct, "one program straight from the task", IsBaseline: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Calls), Objective.Maximize(Efficiency)];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Difference(
            new("algorithms-first", "At about equal calls thinking of algorithms first gives more efficient programs than sampling and selecting, when direct samples are of the slowest family with probability 0.7 (simulated coder)."),
            new Selection(Pipeline, Strong, Efficiency), new Selection(Sampled, Strong, Efficiency), Bound.Above(0)),
        Claim.Difference(
            new("no-advantage-without-bias", "With a coder whose direct samples are spread evenly over the families the difference is within 0.05 (simulated coder)."),
            new Selection(Pipeline, Even, Efficiency), new Selection(Sampled, Even, Efficiency), Bound.Between(-0.05, 0.05)),
        Claim.Difference(
            new("judging-pays", "With 15 % of derived outputs wrong, judging tests raises pass@1 (simulated coder, p = 0.5)."),
            new Selection(Pipeline, Weak, Pass), new Selection(Believing, Weak, Pass), Bound.Above(0)),
        Claim.Difference(
            new("judging-is-harmless", "With no wrong outputs, judging changes pass@1 by at most 0.01 (simulated coder, p = 0.5)."),
            new Selection(Pipeline, Clean, Pass), new Selection(Believing, Clean, Pass), Bound.Between(-0.01, 0.01)),
        Claim.Difference(
            new("repair-pays", "Repair raises pass@1 when it mends half of the wrong programs (simulated coder, p = 0.5)."),
            new Selection(Pipeline, Weak, Pass), new Selection(Unrepaired, Weak, Pass), Bound.Above(0)),
        Claim.Difference(
            new("repair-keeps-efficiency", "Repair lowers efficiency by at most 0.01 (simulated coder, p = 0.5)."),
            new Selection(Pipeline, Weak, Efficiency), new Selection(Unrepaired, Weak, Efficiency), Bound.AtLeast(-0.01)),
        Claim.Difference(
            new("measuring-is-no-worse", "A measured tie-break is at most 0.005 less efficient than the asked one (simulated coder, perfect meter)."),
            new Selection(Measured, Strong, Efficiency), new Selection(Pipeline, Strong, Efficiency), Bound.AtLeast(-0.005)),
        Claim.Difference(
            new("measuring-saves-calls", "and takes fewer calls (simulated coder)."),
            new Selection(Measured, Strong, Calls), new Selection(Pipeline, Strong, Calls), Bound.Below(0)),
        Claim.NotMeasurable(
            new("models", "Efficiency and correctness improve together on code-efficiency benchmarks over several models.", "abstract; the result tables were not available"),
            "it needs a language model that writes code, which cannot be trained or had here"),
        Claim.NotMeasurable(
            new("advice", "Advice on the implementation makes programs faster."),
            "the bank has no twins of a program with and without such tricks, so the simulated coder ignores advice"),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale switch { Scale.Smoke => 3, Scale.Quick => 10, _ => 40 };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Settings(Scale scale) => [Weak, Strong, Even, Clean];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var skill = context.Unit.Setting switch
        {
            Weak => new CoderSkill(0.5, 0.7, 0.15),
            Strong => new CoderSkill(0.8, 0.7, 0.15),
            Clean => new CoderSkill(0.5, 0.7, 0),
            _ => new CoderSkill(0.8, -1, 0.15),
        };
        var tasks = context.Scale switch { Scale.Smoke => 2, Scale.Quick => 6, _ => 16 };
        double calls = 0, efficiency = 0, pass = 0, tokens = 0;
        foreach (var bank in ProgramBank.First(tasks))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var own = skill.NaiveShare < 0 ? skill with { NaiveShare = 1.0 / bank.Families } : skill;
            var coder = new SimulatedCoder(bank, own, (ulong)context.Unit.Seed);
            var client = new StrategyChatClient(coder, Strategy(context.Unit.Method, bank), new() { Seed = context.Unit.Seed });
            var response = Answer(client, bank.Problem.Prompt, context.Cancellation);
            var program = ProgramBank.Read(response.Text);
            calls += (double)StrategyAnswer.Of(response)!.Calls.Calls.Count / tasks;
            tokens += (double)response.Usage!.TotalTokenCount!.Value / tasks;
            efficiency += bank.Efficiency(program) / tasks;
            pass += (program.IsRight ? 1.0 : 0) / tasks;
        }

        return new Dictionary<string, double> { [Calls] = calls, [Efficiency] = efficiency, [Pass] = pass, [Tokens] = tokens };
    }

    private static ChatResponse Answer(StrategyChatClient client, string task, CancellationToken cancellation)
    {
        try
        {
            return client.GetResponseAsync([new ChatMessage(ChatRole.User, task)], null, cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException error) when (cancellation.IsCancellationRequested)
        {
            // Told by the caller's token, by which the runner knows that it is the user who ends the run.
            throw new OperationCanceledException(error.Message, error, cancellation);
        }
    }

    private static InferenceStrategy Strategy(string method, ProgramBank bank)
    {
        var one = new CodeRefinementOptions { EntryPoint = bank.Problem.EntryPoint, TestInputs = ProgramBank.Inputs };
        return method switch
        {
            Optimized => new CodeRefinementStrategy(one with { Improvement = CodeImprovement.Optimize }, bank),
            Profiled => new CodeRefinementStrategy(one with { Improvement = CodeImprovement.Profile, Rounds = 3 }, bank),
            Mended => new CodeRefinementStrategy(one with { Improvement = CodeImprovement.Tests, Rounds = 3 }, bank),
            _ => new AlgorithmFirstStrategy(Options(method, bank), bank),
        };
    }

    private static AlgorithmFirstOptions Options(string method, ProgramBank bank)
    {
        var whole = new AlgorithmFirstOptions { EntryPoint = bank.Problem.EntryPoint, TestInputs = ProgramBank.Inputs };
        return method switch
        {
            Believing => whole with { JudgesTests = false },
            Unrepaired => whole with { RepairRounds = 0 },
            Measured => whole with { TieBreak = CandidateTieBreak.Measured },
            Sampled => whole with { Design = CandidateDesign.Samples, Candidates = 10, AsksForAdvice = false, RepairRounds = 0 },
            AtOnce => whole with { Design = CandidateDesign.Programs, AsksForAdvice = false },
            Direct => whole with { Design = CandidateDesign.Single, AsksForAdvice = false, TestInputs = 0, FormalizationRounds = 0 },
            _ => whole,
        };
    }
}
