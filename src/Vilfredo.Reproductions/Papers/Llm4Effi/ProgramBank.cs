using System.Text.Json;
using Vilfredo.Inference.Strategies.Coding;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Ladders;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A task of the simulated coder: a problem of the library with what each of its programs really returned on 20 small inputs.</summary>
internal sealed class ProgramBank : ICandidateRunner
{
    public const int Inputs = 20;

    /// <summary>Problems with whole numbers as outputs and a wrong program, in the order in which scales take them.</summary>
    private static readonly string[] Names =
    [
        "best-stretch", "longest-palindrome", "inversion-count", "component-count", "longest-rise", "edit-distance", "subarray-sum-count", "pattern-count",
        "kth-smallest", "triangle-count", "farthest-town", "fullest-load", "missing-positive", "anagram-groups", "painted-area", "smallest-period",
    ];

    private static readonly Lazy<ProgramBank>[] Banks = [.. Names.Select(name => new Lazy<ProgramBank>(() => Make(name)))];

    private readonly JsonElement[][] outputs;
    private readonly Dictionary<string, int> places;

    private ProgramBank(RunnableProblem problem, JsonElement[] inputs, JsonElement[][] outputs)
    {
        (Problem, Tests, this.outputs) = (problem, inputs, outputs);
        places = inputs.Select((input, i) => (Text: input.GetRawText(), i)).DistinctBy(pair => pair.Text).ToDictionary(pair => pair.Text, pair => pair.i);
    }

    public RunnableProblem Problem { get; }

    public JsonElement[] Tests { get; }

    /// <summary>The number of right programs, from the slowest to the fastest.</summary>
    public int Families => Problem.Solutions.Count(solution => solution.IsRight);

    /// <summary>The first tasks.</summary>
    public static IEnumerable<ProgramBank> First(int count) => Banks.Take(count).Select(bank => bank.Value);

    /// <summary>A program of a family: the right one, or the wrong one in its place. The comment tells families apart.</summary>
    public string Program(int family, bool isRight) =>
        $"// family {family}{(isRight ? "" : " wrong")}\n{(isRight ? Problem.Solutions[family] : Problem.Solutions[^1]).Source}";

    /// <summary>The family of a program, and whether it is right.</summary>
    public static (int Family, bool IsRight) Read(string program)
    {
        var words = program[(program.IndexOf("// family ", StringComparison.Ordinal) + 10)..].Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (words[0][0] - '0', words.Length == 1);
    }

    /// <summary>How efficient a program is: 0 for a wrong one and the slowest family, 1 for the fastest, evenly between.</summary>
    public double Efficiency((int Family, bool IsRight) program) => program.IsRight ? program.Family / (Families - 1.0) : 0;

    public JsonElement Expected(string input) => outputs[Families - 1][places[input]];

    public Task<SampleRun> RunAsync(SampleProgram program, IReadOnlyList<JsonElement> calls, RunSettings settings, CancellationToken cancellation)
    {
        var (family, isRight) = Read(program.Source);
        var row = outputs[isRight ? family : Problem.Solutions.Count - 1];

        // What a perfect meter would say: a cost that falls with each family.
        var cost = new RunCost(Families - family, Families - family, Families - family, null);
        return Task.FromResult(new SampleRun
        {
            Verdict = SampleVerdict.Completed,
            Calls = [.. calls.Select(call => new CallResult { Verdict = SampleVerdict.Completed, Output = row[places[call.GetRawText()]], Runs = [cost] })],
        });
    }

    private static ProgramBank Make(string name)
    {
        var problem = LadderProblemFile.Library.Single(one => one.Id == name);
        var small = problem with { Ladder = new InputLadder(problem.Ladder!.Generator, [problem.Ladder.Sizes[0], 1]) { TestsPerLevel = [Inputs, 1] } };
        using var runner = new SampleRunner();
        var inputs = LadderInputs.GenerateAsync(runner, small).GetAwaiter().GetResult()[0].ToArray();
        var calls =
            from which in Enumerable.Range(0, problem.Solutions.Count)
            from input in inputs
            select JsonSerializer.SerializeToElement<object[]>([which, .. input.EnumerateArray()]);
        var program = new SampleProgram { Source = SolutionBundle.Source(problem), EntryPoint = SolutionBundle.EntryPoint };
        var run = runner.RunAsync(program, [.. calls]).GetAwaiter().GetResult();
        if (run.Verdict != SampleVerdict.Completed)
            throw new InvalidOperationException($"The programs of {name} could not be run: {run.Verdict} {string.Join(" ", run.Diagnostics)}");
        return new ProgramBank(problem, inputs, [.. run.Calls.Select(call => call.Output!.Value).Chunk(inputs.Length)]);
    }
}
