using System.Diagnostics;
using System.Runtime.Versioning;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Tests.Studies;

/// <summary>What a process that is killed, interrupted or doubled leaves behind.</summary>
[SupportedOSPlatform("linux")]
// The bound on Ctrl-C means something only when nothing else runs beside it.
[CollectionDefinition(nameof(KillTests), DisableParallelization = true)]
[Collection(nameof(KillTests))]
public sealed class KillTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Killed_at_random_moments_and_resumed_a_study_completes_its_budget_exactly()
    {
        const int Budget = 60;
        cli.With("study.yaml", StudyFiles.Printing(trials: Budget, before: "sleep 0.02"));
        var random = new RandomGenerator(7);
        var kills = 0;
        using (var first = new RunningCli(cli, "optimize", "study.yaml", "-j", "2", "--no-report"))
        {
            RunningCli.WaitUntil(() => Told("tiny") > 0, "the first trial of optimize");
            first.Kill();
            kills++;
        }

        while (kills < 6)
        {
            using var next = new RunningCli(cli, "resume", "tiny", "-j", "2", "--no-report");
            // Any moment will do, before its first trial included, as long as the study is not over by then.
            var goal = Told("tiny") + random.NextInt32(8);
            RunningCli.WaitUntil(() => Told("tiny") >= goal || next.HasExited, "some trials of resume");
            next.Kill();
            kills++;
        }

        Assert.Equal(0, cli.Run("resume", "tiny", "-j", "2", "--no-report").ExitCode);
        var trials = cli.Read("tiny", s => s.Trials.ToArray());
        Assert.Equal(Enumerable.Range(0, Budget), trials.Select(t => t.Number));
        Assert.All(trials, t => Assert.Equal(TrialState.Completed, t.State));
        Assert.All(trials, t => Assert.Empty(t.Uncounted));
        Assert.All(trials, t => Assert.Equal([t.Configuration["n"].Number, t.Configuration["x"].Number], t.Outcome!.Values));
        RunningCli.WaitUntil(() => RunningCli.ProcessesOf(cli).Length == 0, "the end of every child");
    }

    [Fact]
    public void Resume_ends_what_a_killed_process_has_left_running()
    {
        cli.With("study.yaml", StudyFiles.Printing(trials: 3, before: "[ $1 = 1 ] && [ $4 = 1 ] && sleep 600"));
        using (var killed = new RunningCli(cli, "optimize", "study.yaml", "--no-report"))
        {
            RunningCli.WaitUntil(() => Told("tiny") == 1 && RunningCli.ProcessesOf(cli).Length >= 3, "the trial that hangs");
            killed.Kill();
        }

        using var resumed = new RunningCli(cli, "resume", "tiny", "--no-report");
        Assert.Equal(0, resumed.Result().ExitCode);
        RunningCli.WaitUntil(() => RunningCli.ProcessesOf(cli).Length == 0, "the end of the orphan");
        Assert.Equal([1, 2, 1], cli.Read("tiny", s => s.Trials.Select(t => t.Attempt).ToArray()));
        Assert.Equal(3, cli.Read("tiny", s => s.Finished));
    }

    [Theory]
    [InlineData("random")]
    [InlineData("{ name: nsga2, population: 8 }")]
    [InlineData("{ name: bayesian, initial: 8 }")]
    [InlineData("{ name: tpe, initial: 8, batch: 3 }")]
    public void A_deterministic_study_has_the_same_trials_with_any_number_of_workers_and_after_a_kill(string sampler)
    {
        const int Budget = 24;
        string Named(string name) => StudyFiles.Printing(name, Budget, "sleep 0.01", $"sampler: {sampler}\nseed: 5\ndeterministic: true");
        var trials = new List<string[]>();
        foreach (var workers in new[] { 1, 2, 8 })
        {
            var name = $"with-{workers}";
            Assert.Equal(0, cli.With("study.yaml", Named(name)).Run("optimize", "study.yaml", "-j", $"{workers}", "--no-report").ExitCode);
            trials.Add(cli.Read(name, StudyFiles.Configurations));
        }

        using (var killed = new RunningCli(cli.With("study.yaml", Named("killed")), "optimize", "study.yaml", "-j", "2", "--no-report"))
        {
            RunningCli.WaitUntil(() => Told("killed") >= 5, "some trials");
            killed.Kill();
        }

        Assert.Equal(0, cli.Run("resume", "killed", "-j", "8", "--no-report").ExitCode);
        trials.Add(cli.Read("killed", StudyFiles.Configurations));
        Assert.Equal(Budget, trials[0].Length);
        Assert.All(trials.Skip(1), other => Assert.Equal(trials[0], other));
    }

    [Fact]
    public void Two_processes_on_one_study_share_its_budget_exactly()
    {
        const int Budget = 30;
        cli.With("study.yaml", StudyFiles.Printing(trials: 1, before: "sleep 0.05"));
        Assert.Equal(0, cli.Run("optimize", "study.yaml", "--no-report").ExitCode);
        using var one = new RunningCli(cli, "resume", "tiny", "--budget", $"{Budget}", "-j", "2", "--no-report");
        using var two = new RunningCli(cli, "resume", "tiny", "--budget", $"{Budget}", "-j", "2", "--no-report");
        Assert.Equal(0, one.Result().ExitCode);
        Assert.Equal(0, two.Result().ExitCode);
        var trials = cli.Read("tiny", s => s.Trials.ToArray());
        Assert.Equal(Enumerable.Range(0, Budget), trials.Select(t => t.Number));
        Assert.All(trials, t => Assert.Equal((TrialState.Completed, 1, 0), (t.State, t.Attempt, t.Uncounted.Count)));
        Assert.Equal(3, trials.Select(t => t.Worker).Distinct().Count());
    }

    [Fact]
    public void Ctrl_C_ends_the_command_and_its_trial_which_resume_gives_out_again()
    {
        cli.With("study.yaml", StudyFiles.Printing(trials: 3, before: "[ $1 = 1 ] && [ $4 = 1 ] && sleep 600"));
        using var running = new RunningCli(cli, "optimize", "study.yaml");
        RunningCli.WaitUntil(() => Told("tiny") == 1 && RunningCli.ProcessesOf(cli).Length >= 3, "the trial that hangs");
        var interrupted = Stopwatch.GetTimestamp();
        running.Interrupt();
        var result = running.Result();
        // About a third of a second on an idle machine, the report included.
        Assert.InRange(Stopwatch.GetElapsedTime(interrupted), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("vilfredo resume tiny", result.Error, StringComparison.Ordinal);
        RunningCli.WaitUntil(() => RunningCli.ProcessesOf(cli).Length == 0, "the end of the trial's processes");
        Assert.Equal(TrialState.Cancelled, cli.Read("tiny", s => s.Trials[1].State));

        Assert.Equal(0, cli.Run("resume", "tiny", "--no-report").ExitCode);
        var trials = cli.Read("tiny", s => s.Trials.ToArray());
        Assert.Equal([1, 2, 1], trials.Select(t => t.Attempt));
        Assert.All(trials, t => Assert.Equal(TrialState.Completed, t.State));
    }

    // How many results the study's file has; the file appears only some time after the start.
    private int Told(string study)
    {
        try
        {
            return File.Exists(Path.Combine(cli.Directory, StudyFiles.Storage)) ? cli.Read(study, s => s.Finished) : 0;
        }
        catch (StudyStorageException)
        {
            return 0;
        }
    }
}
