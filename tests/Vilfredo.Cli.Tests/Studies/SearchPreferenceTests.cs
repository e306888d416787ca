namespace Vilfredo.Cli.Tests.Studies;

/// <summary>Preferences, goals and orders of studies on the command line.</summary>
public sealed class SearchPreferenceTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void A_study_file_with_a_reference_point_an_order_and_a_goal_runs_from_end_to_end()
    {
        // The cost is how far the order is from b,c,a, and accuracy rewards small x.
        cli.With("order.yaml", """
            name: order
            knobs:
              passes: { type: order, items: [a, b, c] }
              x: { low: 0, high: 1 }
            objectives:
              cost: { from: { regex: 'cost=([^ ]+)' } }
              accuracy: { direction: maximize, from: { regex: 'acc=([^ ]+)' } }
            shell: "case {passes} in b,c,a) c=0;; a,*) c=3;; *) c=1;; esac; echo cost=$c acc=-{x}"
            sampler: { name: rnsga2, population: 10, epsilon: 0.01, order_crossover: partially_mapped, order_mutation: insertion }
            preference: { reference_points: { cost: 0, accuracy: -0.1 } }
            budget: { trials: 150, target: { cost: 0, accuracy: -0.2 } }
            seed: 3

            """);
        var run = cli.Run("optimize", "order.yaml", "--no-report", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches("trial [0-9]+ reaches the target", run.Json.GetProperty("end").GetString());
        Assert.Contains(run.Json.GetProperty("frontier").EnumerateArray(), p => p.GetProperty("knobs").GetProperty("passes").GetString() == "b,c,a");
        Assert.Contains("b,c,a", cli.Run("pick", "order").Succeeded().Output, StringComparison.Ordinal);
        var csv = cli.Run("export", "order").Output;
        Assert.Contains("\"b,c,a\"", csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order_crossover: ox", "The option 'order_crossover' of nsga2 must be one of order, partially_mapped, edge_recombination, not 'ox'.")]
    [InlineData("order_mutation: 2opt", "The option 'order_mutation' of nsga2 must be one of inversion, insertion, swap, not '2opt'.")]
    [InlineData("order_crosover: order", "'sampler': 'order_crosover' must be a finite number, not order.")]
    public void An_operator_of_orders_that_is_none_is_refused(string option, string message)
    {
        cli.With("order.yaml", $$"""
            name: order
            knobs:
              passes: { type: order, items: [a, b, c] }
            objectives:
              cost: { from: { regex: 'cost=([^ ]+)' } }
              size: { from: { regex: 'size=([^ ]+)' } }
            shell: "echo cost=1 size=2"
            sampler: { name: nsga2, {{option}} }

            """);
        var result = cli.Run("optimize", "order.yaml", "--no-report");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_overrule_the_file_and_are_kept()
    {
        cli.With("study.yaml", StudyFiles.Printing(trials: 30));
        var run = cli.Run(
            "optimize", "study.yaml", "--no-report", "--json", "--sampler", "nsga2", "--max", "cost=500", "--min", "cost=100", "--target", "accuracy=2", "--stagnation", "1000");
        Assert.Equal(0, run.ExitCode);
        var definition = cli.Read("tiny", state => state.Definition);
        Assert.Equal(new Vilfredo.Studies.ObjectiveRange(100, 500), definition.Preference!.Ranges["cost"]);
        Assert.Equal((2, 1000), (definition.Budget.Target["accuracy"], definition.Budget.Stagnation!.Trials));

        cli.Run("resume", "tiny", "--no-report", "--json", "--budget", "35", "--sampler", "rnsga3", "--weights", "cost=1,accuracy=2");
        definition = cli.Read("tiny", state => state.Definition);
        Assert.Equal(("rnsga3", 2), (definition.Sampler.Name, definition.Preference!.Weights["accuracy"]));
        Assert.Equal(35, cli.Read("tiny", state => state.Finished));
        Assert.Contains("weights cost=1,accuracy=2", cli.Read("tiny", state => state.History[^1].Note), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--reference-point: no wish for accuracy", "--reference-point", "cost=1")]
    [InlineData("--weights: there is no objective \"cots\"", "--weights", "cots=1")]
    [InlineData("--min cost=5 is above --max cost=1", "--min", "cost=5", "--max", "cost=1")]
    [InlineData("--stagnation must be at least 1, not 0", "--stagnation", "0")]
    [InlineData("--target: \"x\" is not a finite number", "--target", "cost=x")]
    [InlineData("tiny: The sampler 'random' makes no use of reference points and weights", "--weights", "cost=1")]
    public void What_is_wrong_is_said(string message, params string[] options)
    {
        var result = cli.With("study.yaml", StudyFiles.Printing()).Run(["optimize", "study.yaml", .. options]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"vilfredo: {message}", result.Error, StringComparison.Ordinal);
    }
}
