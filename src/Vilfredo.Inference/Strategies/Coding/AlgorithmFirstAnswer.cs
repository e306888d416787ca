using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.CodeEfficiency.Running;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>One answer of <see cref="AlgorithmFirstStrategy"/>, stage by stage.</summary>
internal sealed partial class AlgorithmFirstAnswer(StrategyRun run, AlgorithmFirstOptions options, ICandidateRunner runner)
{
    public async Task<StrategyOutcome> GiveAsync(CancellationToken cancellation)
    {
        var task = PromptTemplate.QuestionOf(run.Messages);
        var formalization = await FormalizeAsync(task, cancellation).ConfigureAwait(false);
        var spec = $"<task>\n{task}\n</task>" + (formalization is null ? "" : $"\n\n<explanation>\n{formalization.Text.Trim()}\n</explanation>");
        IReadOnlyList<Candidate> after = formalization is null ? [] : [formalization];
        var entryPoint = options.EntryPoint ?? EntryPoint(formalization?.Text, task);

        var testWriting = new TestWriting(run, options, spec, after);
        var programWriting = new ProgramWriting(run, options, spec, after);
        var writingTests = testWriting.WriteAsync(cancellation);
        var programs = (await programWriting.WriteAsync(cancellation).ConfigureAwait(false)).ToArray();
        var tests = await writingTests.ConfigureAwait(false);
        if (programs.Length == 0) throw run.Failed("No program was written.");
        if (tests.Count > 0 && entryPoint is null)
        {
            run.Warn("The name of the method to call is not known, so candidates are not tested; name it in the task or as entry_point.");
            tests = [];
        }

        var testing = new CandidateTesting(runner, options, entryPoint ?? "", tests);
        var isRepaired = new bool[programs.Length];
        var results = new IReadOnlyList<CallResult>[programs.Length];
        for (var i = 0; i < programs.Length; i++) results[i] = tests.Count == 0 ? [] : await testing.RunAsync(programs[i].Code, cancellation).ConfigureAwait(false);
        var kept = Enumerable.Range(0, tests.Count).ToList();
        if (!Array.Exists(results, own => own.All(IsPassed)))
        {
            var valid = await DropTestsAsync(testWriting, tests, kept, results, programs, cancellation).ConfigureAwait(false);
            if (kept.Count == 0) run.Warn("No test was kept, so the pick is among all candidates.");
            for (var round = 0; round < options.RepairRounds && valid.Count > 0; round++)
                await RepairAsync(programWriting, testing, tests, kept, valid, programs, results, isRepaired, round, cancellation).ConfigureAwait(false);
        }

        int Passed(int i) => kept.Count(test => IsPassed(results[i][test]));
        var most = programs.Select((_, i) => Passed(i)).Max();
        int[] best = [.. Enumerable.Range(0, programs.Length).Where(i => Passed(i) == most).DistinctBy(i => Normalized(programs[i].Code))];
        var chosen = await PickAsync(spec, best, kept, programs, testing, cancellation).ConfigureAwait(false);
        var report = new AlgorithmFirstReport(
            entryPoint, tests, [.. programs.Select((program, i) => new CandidateProgram(program.Code, Passed(i), isRepaired[i]))], chosen);
        return new StrategyOutcome(
            Response(programs[chosen], report), [.. programs.Select(program => program.Call).Distinct()], kept.Count == 0 ? null : (double)most / kept.Count);
    }

    private async Task<Candidate?> FormalizeAsync(string task, CancellationToken cancellation)
    {
        var (objection, last) = ("", (Candidate?)null);
        List<Candidate> before = [];
        for (var round = 0; round < options.FormalizationRounds; round++)
        {
            var prompt = PromptTemplate.Fill(
                options.Prompts.Formalize, ("task", task), ("language", options.Language == SampleLanguage.CSharp ? "C#" : "Python"), ("objection", objection));
            if (await run.TryCallAsync(AlgorithmFirstStrategy.Request("formalize", prompt, round, 0, before, null), cancellation).ConfigureAwait(false) is not { } text) break;
            last = text;
            var check = PromptTemplate.Fill(options.Prompts.Check, ("task", task), ("formalization", text.Text));
            var verdict = await run.TryCallAsync(AlgorithmFirstStrategy.Request("check", check, round, 0, [text], null), cancellation).ConfigureAwait(false);
            if (verdict is null || TestWriting.SaysYes(verdict.Text) == true) break;
            objection = $"\n\nAn earlier explanation:\n{text.Text}\n\nWhat was found wrong with it:\n{verdict.Text}";
            before = [verdict];
        }

        return last;
    }

    /// <summary>Drops disputed tests that time out or are not valid, and returns those that are to be repaired by.</summary>
    private async Task<List<int>> DropTestsAsync(
        TestWriting writing, List<SyntheticTest> tests, List<int> kept, IReadOnlyList<CallResult>[] results, WrittenProgram[] programs, CancellationToken cancellation)
    {
        var disputed = kept.Where(test => Array.Exists(results, own => !IsPassed(own[test]))).ToList();
        var different = Enumerable.Range(0, programs.Length).DistinctBy(i => Normalized(programs[i].Code)).ToList();
        var verdicts = await Task.WhenAll(disputed.Select(async test =>
        {
            if (Array.Exists(results, own => own[test].Verdict == SampleVerdict.TimeLimit)) return SyntheticTestStatus.TimedOut;
            var isAccepted = !options.JudgesTests || (options.AcceptsMajority && 2 * different.Count(i => IsPassed(results[i][test])) > different.Count);

            // A test that nobody could judge is believed.
            return isAccepted || await writing.IsValidAsync(tests[test], test, cancellation).ConfigureAwait(false) != false ? SyntheticTestStatus.Kept : SyntheticTestStatus.JudgedInvalid;
        })).ConfigureAwait(false);
        foreach (var (test, status) in disputed.Zip(verdicts)) tests[test] = tests[test] with { Status = status };
        kept.RemoveAll(test => tests[test].Status != SyntheticTestStatus.Kept);
        return [.. disputed.Where(kept.Contains)];
    }

    private async Task RepairAsync(
        ProgramWriting writing, CandidateTesting testing, List<SyntheticTest> tests, List<int> kept, List<int> valid,
        WrittenProgram[] programs, IReadOnlyList<CallResult>[] results, bool[] isRepaired, int round, CancellationToken cancellation)
    {
        var shown = string.Join('\n', valid.Select(test => $"input: {tests[test].Input.GetRawText()}\noutput: {tests[test].Expected.GetRawText()}"));
        var repaired = await Task.WhenAll(programs.Select((program, i) => writing.RepairAsync(program, shown, round, i, cancellation))).ConfigureAwait(false);
        for (var i = 0; i < programs.Length; i++)
        {
            if (repaired[i] is not { } version || Normalized(version.Code) == Normalized(programs[i].Code)) continue;
            var own = await testing.RunAsync(version.Code, cancellation).ConfigureAwait(false);
            var gain = kept.Count(test => IsPassed(own[test])) - kept.Count(test => IsPassed(results[i][test]));
            if (gain > 0 || (gain == 0 && options.PrefersRepaired)) (programs[i], results[i], isRepaired[i]) = (version, own, true);
        }
    }

    private async Task<int> PickAsync(
        string spec, int[] best, List<int> kept, WrittenProgram[] programs, CandidateTesting testing, CancellationToken cancellation)
    {
        if (best.Length == 1 || options.TieBreak == CandidateTieBreak.First) return best[0];
        if (options.TieBreak == CandidateTieBreak.Measured)
        {
            if (kept.Count == 0)
            {
                run.Warn("There is no test to measure candidates with, so the first is taken.");
                return best[0];
            }

            var costs = new double[best.Length];
            for (var i = 0; i < best.Length; i++) costs[i] = await testing.CostAsync(programs[best[i]].Code, kept, cancellation).ConfigureAwait(false);
            return best[Array.IndexOf(costs, costs.Min())];
        }

        var prompt = PromptTemplate.Fill(
            options.Prompts.Pick, ("spec", spec), ("count", best.Length.ToString(CultureInfo.InvariantCulture)),
            ("candidates", PromptTemplate.Numbered("Program", best.Select(i => programs[i].Code.Trim()))));
        for (var attempt = 0; attempt < AlgorithmFirstStrategy.Attempts; attempt++)
        {
            var reply = await run.TryCallAsync(
                AlgorithmFirstStrategy.Request("pick", prompt, attempt, 0, [.. best.Select(i => programs[i].Call).Distinct()], null), cancellation).ConfigureAwait(false);
            if (reply is null) return best[0];
            if (JsonReply.Find(reply.Text, "best") is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number >= 1 && number <= best.Length)
                return best[number - 1];
        }

        run.Warn($"No pick in {AlgorithmFirstStrategy.Attempts} attempts named a candidate, so the first of the best is taken.");
        return best[0];
    }

    private ChatResponse Response(WrittenProgram program, AlgorithmFirstReport report)
    {
        var tag = options.Language == SampleLanguage.CSharp ? "csharp" : "python";
        var source = program.Call.Response;
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, $"```{tag}\n{program.Code.Trim()}\n```"))
        {
            ModelId = source.ModelId,
            CreatedAt = source.CreatedAt,
            ResponseId = source.ResponseId,
            FinishReason = ChatFinishReason.Stop,
            Usage = source.Usage,
            AdditionalProperties = new() { [AlgorithmFirstReport.Key] = report },
        };
    }

    private static bool IsPassed(CallResult call) => call.Verdict == SampleVerdict.Correct;

    /// <summary>A program without its white space: two that differ in that alone are one.</summary>
    internal static string Normalized(string code) => Space().Replace(code, " ").Trim();

    /// <summary>The name that the explanation gives; else the last signature-like name in the task.</summary>
    internal static string? EntryPoint(string? formalization, string task)
    {
        if (formalization is not null && NamedEntry().Match(formalization) is { Success: true } named) return named.Groups["name"].Value;
        return Signature().Matches(task) is { Count: > 0 } found ? found[^1].Groups["name"].Value : null;
    }

    [GeneratedRegex(@"entry point\W+(?<name>[A-Za-z_]\w*)", RegexOptions.IgnoreCase)]
    private static partial Regex NamedEntry();

    [GeneratedRegex(@"(?:\bdef|\bstatic\s+\S+)\s+(?<name>[A-Za-z_]\w*)\s*\(")]
    private static partial Regex Signature();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
