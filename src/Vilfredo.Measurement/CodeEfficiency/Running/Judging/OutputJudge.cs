namespace Vilfredo.Measurement.CodeEfficiency.Running.Judging;

/// <summary>Turns what a sample returned into what it deserves.</summary>
public static class OutputJudge
{
    /// <summary>Judges the calls that returned: each becomes <see cref="SampleVerdict.Correct"/> or <see cref="SampleVerdict.WrongAnswer"/>.</summary>
    /// <param name="run">A run of the tests' calls, in their order.</param>
    /// <param name="tests">The tests.</param>
    /// <param name="checker">Decides; <see langword="null"/> for equality with the default tolerances.</param>
    /// <returns>
    /// The run with verdicts. Its own is the first that is not <see cref="SampleVerdict.Correct"/>: a sample is right when all its calls are
    /// and its process ended well.
    /// </returns>
    /// <exception cref="ArgumentException">There are not as many calls as tests.</exception>
    public static SampleRun Judge(SampleRun run, IReadOnlyList<CodeTest> tests, IOutputChecker? checker = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(tests);
        if (run.Calls.Count != tests.Count)
            throw new ArgumentException($"The run has {run.Calls.Count} calls and there are {tests.Count} tests; judge a run of exactly these tests.", nameof(tests));
        checker ??= EqualOutput.Default;
        var calls = run.Calls.Select((call, i) => Judge(call, tests[i], checker)).ToList();
        var first = calls.FirstOrDefault(call => call.Verdict is not (SampleVerdict.Correct or SampleVerdict.NotRun))?.Verdict;
        var end = run.Verdict is SampleVerdict.Completed ? SampleVerdict.Correct : run.Verdict;
        return run with { Calls = calls, Verdict = first ?? end };
    }

    private static CallResult Judge(CallResult call, CodeTest test, IOutputChecker checker)
    {
        if (call.Verdict != SampleVerdict.Completed) return call;
        var judgement = checker.Check(test.Arguments, test.Expected, call.Output!.Value);
        return judgement.IsCorrect
            ? call with { Verdict = SampleVerdict.Correct }
            : call with { Verdict = SampleVerdict.WrongAnswer, Message = judgement.Difference };
    }
}
