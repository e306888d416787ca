using Vilfredo.Studies;

namespace Vilfredo.Cli.Tests.Studies;

public sealed class OptimizeTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void A_study_of_a_command_ends_with_results_in_the_file_json_and_a_self_contained_report()
    {
        var result = cli.With("study.yaml", StudyFiles.Printing()).Run("optimize", "study.yaml", "--json", "--report", "out");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("8/8 trials", result.Error, StringComparison.Ordinal);
        Assert.Equal(8, result.Json.GetProperty("trials").GetProperty("completed").GetInt32());
        Assert.Equal("maximize", result.Json.GetProperty("objectives")[1].GetProperty("direction").GetString());

        var trials = cli.Read("tiny", s => s.Trials.ToArray());
        Assert.Equal(8, trials.Length);
        Assert.All(trials, t => Assert.Equal([t.Configuration["n"].Number, t.Configuration["x"].Number], t.Outcome!.Values));

        var page = File.ReadAllText(Path.Combine(cli.Directory, "out", "tiny.html"));
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"http", page, StringComparison.Ordinal);
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(cli.Directory, "out", "tiny.svg")), StringComparison.Ordinal);
        Assert.True(new FileInfo(Path.Combine(cli.Directory, "out", "tiny.png")).Length > 1000);
    }

    [Theory]
    [InlineData("bayesian")]
    [InlineData("tpe")]
    public void A_model_based_sampler_is_chosen_by_its_name(string sampler)
    {
        Assert.Equal(0, cli.With("study.yaml", StudyFiles.Printing(trials: 14)).Run("optimize", "study.yaml", "--sampler", sampler, "--no-report").ExitCode);
        Assert.Equal(sampler, cli.Read("tiny", s => s.Definition.Sampler.Name));
        Assert.Equal(14, cli.Read("tiny", s => s.Finished));
    }

    [Fact]
    public void Auto_says_which_sampler_it_chose_and_why_and_the_study_keeps_it()
    {
        var result = cli.With("study.yaml", StudyFiles.Printing(trials: 14)).Run("optimize", "study.yaml", "--sampler", "auto", "--no-report");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("sampler bayesian: 14 trials", result.Error, StringComparison.Ordinal);
        Assert.Equal("bayesian", cli.Read("tiny", s => s.Definition.Sampler.Name));
    }

    [Fact]
    public void A_warm_start_brings_the_results_of_another_study_and_the_budget_is_of_new_trials()
    {
        cli.With("study.yaml", StudyFiles.Printing());
        Assert.Equal(0, cli.Run("optimize", "study.yaml", "--no-report").ExitCode);
        var result = cli.Run("optimize", "study.yaml", "--name", "second", "--warm-start", "tiny", "--budget", "3", "--no-report");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("warm start: 8 trials of tiny", result.Error, StringComparison.Ordinal);
        Assert.Equal(11, cli.Read("second", s => s.Finished));

        var missing = cli.Run("optimize", "study.yaml", "--name", "third", "--warm-start", "tine", "--no-report");
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("tiny", missing.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("third", cli.Run("list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warm_start_from_a_study_with_other_objectives_is_bad_input_and_leaves_no_study_behind()
    {
        cli.With("study.yaml", StudyFiles.Printing()).With("other.yaml", StudyFiles.Printing().Replace("cost:", "price:", StringComparison.Ordinal).Replace("name: tiny", "name: other", StringComparison.Ordinal));
        Assert.Equal(0, cli.Run("optimize", "study.yaml", "--no-report").ExitCode);
        var result = cli.Run("optimize", "other.yaml", "--warm-start", "tiny", "--no-report");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("price", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("other", cli.Run("list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Unpromising_trials_of_a_command_are_pruned()
    {
        const string Study =
            """
            name: training
            knobs: { slow: { type: integer, low: 0, high: 3 } }
            objectives: { loss: { from: { regex: 'final (\S+)' } } }
            shell: 'echo epoch 1 loss {slow}; if [ {slow} -gt 0 ]; then sleep 100; fi; echo final {slow}'
            intermediate: 'epoch (?<step>\d+) loss (?<loss>\S+)'
            sampler: grid
            """;
        var result = cli.With("study.yaml", Study).Run("optimize", "study.yaml", "--pruner", "asha", "--no-report");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("3 pruned", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, cli.Read("training", s => s.Trials.Count(trial => trial.State == TrialState.Completed)));
        Assert.Contains("hyperband", cli.Run("optimize", "study.yaml", "--name", "b", "--pruner", "halving").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sampler_that_is_not_for_so_many_objectives_is_bad_input()
    {
        const string Objectives = "objectives:\n";
        var more = string.Concat(Enumerable.Range(1, 2).Select(i => $"  more{i}: {{ from: {{ regex: 'cost=([^ ]+)' }} }}\n"));
        var file = StudyFiles.Printing().Replace(Objectives, Objectives + more, StringComparison.Ordinal);
        var result = cli.With("study.yaml", file).Run("optimize", "study.yaml", "--sampler", "ehvi");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("up to 3 objectives, not 4; use bayesian", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_come_from_json_the_exit_code_file_sizes_and_the_clock()
    {
        const string Study =
            """
            name: sources
            knobs:
              n: { type: integer, low: 1, high: 9 }
            objectives:
              loss: { from: { json: $.a.loss } }
              code: { from: exit_code }
              size: { unit: bytes, from: { file_size: "{trial_directory}/out" } }
            metrics:
              printed: { unit: bytes, from: output_size }
              wall: { unit: s, from: wall_time }
            constraints: ["loss <= 6"]
            command: [sh, -c, 'printf xxx > "$2/out"; echo "{{\"a\": {{\"loss\": $1.5}}}}"; exit $1', sh, "{n}", "{trial_directory}"]
            sampler: { name: grid, resolution: 9 }
            """;
        Assert.Equal(0, cli.With("study.yaml", Study).Run("optimize", "study.yaml", "--no-report").ExitCode);
        var trials = cli.Read("sources", s => s.Trials.ToArray());
        Assert.Equal(9, trials.Length);
        Assert.All(trials, t =>
        {
            var n = t.Configuration["n"].Number;
            Assert.Equal([n + 0.5, n, 3], t.Outcome!.Values);
            Assert.Equal(n + 0.5 <= 6 ? TrialState.Completed : TrialState.Infeasible, t.State);
            Assert.Equal(21, t.Outcome.Metrics["printed"]);
            Assert.InRange(t.Outcome.Metrics["wall"], 1e-6, 60);
        });
    }

    [Fact]
    public void What_is_no_finite_number_becomes_a_failed_trial_with_reason_and_output()
    {
        const string Before = "case $1 in 0) echo cost=nan acc=1;; 1) echo cost=oops acc=1;; 2) echo cost=1e400 acc=1;; 3) echo nothing;; 4) echo dying; exit 3;; esac; [ $1 -le 4 ] && exit 0";
        var result = cli.With("study.yaml", StudyFiles.Printing(before: Before)).Run("optimize", "study.yaml", "--no-report");
        Assert.Equal(0, result.ExitCode);
        var trials = cli.Read("tiny", s => s.Trials.ToArray());
        Assert.Equal([5, 3], [trials.Count(t => t.State == TrialState.Failed), trials.Count(t => t.State == TrialState.Completed)]);
        Assert.Contains("nan", trials[0].Outcome!.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("oops", trials[1].Outcome!.Reason, StringComparison.Ordinal);
        Assert.Contains("1e400", trials[2].Outcome!.Reason, StringComparison.Ordinal);
        Assert.Equal("cost=oops acc=1", trials[1].Outcome!.Output);
        Assert.Contains("3", trials[4].Outcome!.Reason, StringComparison.Ordinal);
        Assert.Equal("dying", trials[4].Outcome!.Output);
        Assert.Contains("dying", cli.Run("show", "tiny", "--trial", "4").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_beyond_its_time_limit_took_at_least_that_long()
    {
        const string Study =
            """
            name: slow
            knobs: { n: { type: integer, low: 1, high: 9 } }
            objectives:
              time: { unit: s, from: wall_time }
              loss: { from: { regex: 'loss=(.*)' } }
            command: [sh, -c, "echo starting; sleep 60; echo loss=1"]
            time_limit: 300 ms
            budget: { trials: 1 }
            sampler: random
            """;
        Assert.Equal(0, cli.With("study.yaml", Study).Run("optimize", "study.yaml", "--no-report").ExitCode);
        var trial = cli.Read("slow", s => s.Trials[0]);
        Assert.Equal(TrialState.TimedOut, trial.State);
        Assert.Empty(trial.Outcome!.Values);
        var shown = cli.Run("show", "slow", "--trial", "0").Output;
        Assert.Contains("timed out", shown, StringComparison.Ordinal);
        Assert.Contains("at least 0.3", shown, StringComparison.Ordinal);
        Assert.Contains("starting", shown, StringComparison.Ordinal);
        Assert.Contains(">=0.3", cli.Run("export", "slow").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("study.yaml:1: a study file holds one YAML document", "")]
    [InlineData("study.yaml:3: ", "name: a\nknobs:\n  n: { type: integer, low: 9, high: 1 }\nobjectives: { t: { from: wall_time } }\ncommand: [\"true\"]\n")]
    [InlineData("study.yaml:2: ", "name: a\nobjectives: { t: { direction: up, from: wall_time } }\nknobs: { x: { low: 0, high: 1 } }\ncommand: [\"true\"]\n")]
    [InlineData("study.yaml:4: ", "name: a\nknobs: { x: { low: 0, high: 1 } }\nobjectives: { t: { from: wall_time } }\ncommand: [echo, \"{y}\"]\n")]
    [InlineData("study.yaml:5: ", "name: a\nknobs: { x: { low: 0, high: 1 } }\nobjectives: { t: { from: wall_time } }\ncommand: [\"true\"]\nbugdet: { trials: 3 }\n")]
    [InlineData("study.yaml:", "name: [unclosed\n")]
    [InlineData("study.yaml has no command", "name: a\nknobs: { x: { low: 0, high: 1 } }\nobjectives: { t: {} }\n")]
    public void A_wrong_study_file_is_refused_with_its_line(string message, string content)
    {
        cli.With("study.yaml", content).Run("optimize", "study.yaml").Refused(message);
        Assert.False(File.Exists(Path.Combine(cli.Directory, StudyFiles.Storage)));
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_and_nothing_is_run()
    {
        cli.With("study.yaml", StudyFiles.Printing(trials: 2));
        Assert.Equal(0, cli.Run("optimize", "study.yaml", "--no-report").ExitCode);
        var refused = cli.Run("optimize", "study.yaml").Refused("the study 'tiny' exists already");
        Assert.Contains("vilfredo resume tiny", refused.Error, StringComparison.Ordinal);
        Assert.Equal(2, cli.Read("tiny", s => s.Trials.Count));
    }

    [Fact]
    public void Resume_goes_on_to_a_larger_budget_with_a_changed_file_and_records_the_change()
    {
        cli.With("study.yaml", StudyFiles.Printing(trials: 3)).Run("optimize", "study.yaml", "--no-report");
        cli.With("changed.yaml", StudyFiles.Printing(trials: 6, settings: "sampler: sobol").Replace("high: 1000", "high: 20", StringComparison.Ordinal));
        Assert.Equal(0, cli.Run("resume", "tiny", "--study", "changed.yaml", "--budget", "7", "--no-report").ExitCode);
        Assert.Equal(7, cli.Read("tiny", s => s.Finished));
        Assert.Equal(["", "study file changed.yaml; budget of 7 trials"], cli.Read("tiny", s => s.History.Select(h => h.Note).ToArray()));
        Assert.All(cli.Read("tiny", s => s.Trials.Skip(3).ToArray()), t => Assert.InRange(t.Configuration["n"].Number, 1, 20));
        Assert.Equal(1, cli.Read("tiny", s => (int)s.Definition.Seed));
    }

    [Fact]
    public void A_study_is_listed_shown_and_deleted()
    {
        cli.WithResults("one", [1, 2], [2, 3]).WithResults("two", [1, 2]);
        Assert.Equal(["one", "two"], cli.Run("list", "--json").Succeeded().Json.EnumerateArray().Select(s => s.GetProperty("study").GetString()));
        Assert.Equal(2, cli.Run("show", "one", "--json").Succeeded().Json.GetProperty("frontier").GetArrayLength());
        cli.Run("show", "oen").Refused("there is no study 'oen'");
        cli.Run("delete", "one").Refused("delete 'one' with 2 trials?");
        Assert.Equal(0, cli.Run("delete", "one", "--yes").ExitCode);
        Assert.Equal(["two"], cli.Run("list", "--json").Succeeded().Json.EnumerateArray().Select(s => s.GetProperty("study").GetString()));
    }
}
