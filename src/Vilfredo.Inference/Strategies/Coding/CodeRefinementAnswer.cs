using System.Globalization;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Compiling;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>One answer of <see cref="CodeRefinementStrategy"/>.</summary>
internal sealed class CodeRefinementAnswer(StrategyRun run, CodeRefinementOptions options, ICandidateRunner? runner)
{
    private readonly AlgorithmFirstOptions shared = new()
    {
        Language = options.Language,
        TestInputs = options.TestInputs,
        MinimumTests = Math.Min(5, options.TestInputs),
        TestTime = options.TestTime,
        TestClient = options.TestClient,
        Prompts = options.Prompts.Shared,
    };

    private string Tag => options.Language == SampleLanguage.CSharp ? "csharp" : "python";

    public async Task<StrategyOutcome> GiveAsync(CancellationToken cancellation)
    {
        var task = PromptTemplate.QuestionOf(run.Messages);
        var spec = $"<task>\n{task}\n</task>";
        var plan = options.Style switch { CodePromptStyle.Efficient => options.Prompts.Efficient, CodePromptStyle.Reasoned => options.Prompts.Reasoned, _ => "" };
        var request = PromptTemplate.Fill(
            options.Prompts.Shared.Code, ("spec", spec), ("plan", plan), ("language", options.Language == SampleLanguage.CSharp ? "C#" : "Python"), ("tag", Tag));
        var program = await WriteAsync("code", request, 0, [], cancellation).ConfigureAwait(false) ?? throw run.Failed("No program was written.");
        if (options.Improvement == CodeImprovement.None) return Outcome(program, null);

        var testing = runner is null ? null : await TestingAsync(task, spec, runner, cancellation).ConfigureAwait(false);
        var results = testing is null ? [] : await testing.RunAsync(program.Code, cancellation).ConfigureAwait(false);
        for (var round = 0; round < options.Rounds && !run.IsOutOfBudget; round++)
        {
            var better = await ImproveAsync(program, spec, testing, results, round, cancellation).ConfigureAwait(false);
            if (better is null || AlgorithmFirstAnswer.Normalized(better.Code) == AlgorithmFirstAnswer.Normalized(program.Code)) break;
            var own = testing is null ? [] : await testing.RunAsync(better.Code, cancellation).ConfigureAwait(false);
            if (Passed(own) >= Passed(results)) (program, results) = (better, own);
        }

        return Outcome(program, results.Count == 0 ? null : (double)Passed(results) / results.Count);
    }

    private async Task<CandidateTesting?> TestingAsync(string task, string spec, ICandidateRunner runs, CancellationToken cancellation)
    {
        var tests = await new TestWriting(run, shared, spec, []).WriteAsync(cancellation).ConfigureAwait(false);
        var entryPoint = options.EntryPoint ?? AlgorithmFirstAnswer.EntryPoint(null, task);
        if (tests.Count > 0 && entryPoint is not null) return new CandidateTesting(runs, shared, entryPoint, tests);
        run.Warn(tests.Count == 0 ? "There is no test, so the program is not run." : "The name of the method to call is not known, so the program is not run; name it in the task or as entry_point.");
        return null;
    }

    /// <summary>The next version; null when there is nothing to improve by, or no program in the reply.</summary>
    private async Task<WrittenProgram?> ImproveAsync(
        WrittenProgram program, string spec, CandidateTesting? testing, IReadOnlyList<CallResult> results, int round, CancellationToken cancellation)
    {
        (string, string)[] places = [("spec", spec), ("code", program.Code.Trim()), ("tag", Tag)];
        switch (options.Improvement)
        {
            case CodeImprovement.Optimize:
                return await WriteAsync("optimize", PromptTemplate.Fill(options.Prompts.Optimize, places), round, [program.Call], cancellation).ConfigureAwait(false);
            case CodeImprovement.Reflect:
                var prompt = PromptTemplate.Fill(options.Prompts.Reflect, places);
                if (await run.TryCallAsync(AlgorithmFirstStrategy.Request("reflect", prompt, round, 0, [program.Call], null), cancellation).ConfigureAwait(false) is not { } remarks) return null;
                return await WriteAsync("optimize", PromptTemplate.Fill(options.Prompts.Apply, [.. places, ("remarks", remarks.Text.Trim())]), round, [program.Call, remarks], cancellation).ConfigureAwait(false);
            case CodeImprovement.Profile:
                if (testing is null) return null;
                var seconds = await testing.CostsAsync(program.Code, cancellation).ConfigureAwait(false);
                var profile = string.Join('\n', testing.Tests.Zip(seconds, results).OrderByDescending(one => one.Second).Select(one =>
                    string.Create(CultureInfo.InvariantCulture, $"input: {one.First.Input.GetRawText()} took {(double.IsFinite(one.Second) ? $"{one.Second * 1000:G3} ms" : "too long")}{(IsPassed(one.Third) ? "" : ", and did not return what was expected")}")));
                return await WriteAsync("optimize", PromptTemplate.Fill(options.Prompts.Profile, [.. places, ("profile", profile)]), round, [program.Call], cancellation).ConfigureAwait(false);
            default:
                var failed = testing?.Tests.Zip(results).Where(pair => !IsPassed(pair.Second)).Select(pair => $"input: {pair.First.Input.GetRawText()}\noutput: {pair.First.Expected.GetRawText()}").ToList() ?? [];
                if (failed.Count == 0) return null;
                return await WriteAsync("repair", PromptTemplate.Fill(options.Prompts.Shared.Repair, [.. places, ("tests", string.Join('\n', failed))]), round, [program.Call], cancellation).ConfigureAwait(false);
        }
    }

    private async Task<WrittenProgram?> WriteAsync(string role, string prompt, int round, IReadOnlyList<Candidate> after, CancellationToken cancellation)
    {
        var reply = await run.TryCallAsync(AlgorithmFirstStrategy.Request(role, prompt, round, 0, after, null), cancellation).ConfigureAwait(false);
        return reply is null || reply.IsEmpty ? null : new WrittenProgram(ModelAnswer.ExtractCode(reply.Text, options.Language), reply);
    }

    private StrategyOutcome Outcome(WrittenProgram program, double? confidence)
    {
        var source = program.Call.Response;
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, $"```{Tag}\n{program.Code.Trim()}\n```"))
        {
            ModelId = source.ModelId,
            CreatedAt = source.CreatedAt,
            ResponseId = source.ResponseId,
            FinishReason = ChatFinishReason.Stop,
            Usage = source.Usage,
        };
        return new StrategyOutcome(response, [program.Call], confidence);
    }

    private static int Passed(IReadOnlyList<CallResult> results) => results.Count(IsPassed);

    private static bool IsPassed(CallResult call) => call.Verdict == SampleVerdict.Correct;
}
