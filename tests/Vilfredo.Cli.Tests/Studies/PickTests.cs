namespace Vilfredo.Cli.Tests.Studies;

public sealed class PickTests : IDisposable
{
    private readonly Cli cli = new();

    // Trial 3 is dominated; trial 2 is the knee.
    public PickTests() => cli.WithResults("models", [1, 0.5], [10, 0.95], [2, 0.9], [3, 0.6]);

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(2, "--knee")]
    [InlineData(1, "--prefer", "accuracy")]
    [InlineData(0, "--prefer", "cost")]
    [InlineData(2, "--max", "cost=5", "--prefer", "accuracy")]
    [InlineData(2, "--max", "cost=5")]
    [InlineData(2, "--min", "accuracy=0.7")]
    [InlineData(1, "--min", "accuracy=0.91", "--max", "cost=10", "--prefer", "cost")]
    [InlineData(0, "--weights", "cost=1")]
    [InlineData(1, "--weights", "cost=1,accuracy=20")]
    [InlineData(1, "--reference-point", "cost=10,accuracy=0.96")]
    [InlineData(2, "--lexicographic", "accuracy:0.05,cost")]
    [InlineData(1, "--lexicographic", "accuracy:0.01,cost")]
    public void A_preference_picks_a_trial(int trial, params string[] options)
    {
        var json = cli.Run(["pick", "models", "--json", .. options]).Succeeded().Json;
        Assert.Equal(trial, json.GetProperty("choice").GetProperty("trial").GetInt32());
        Assert.NotEqual("", json.GetProperty("reason").GetString());
        Assert.NotEqual("", json.GetProperty("nextReason").GetString());
    }

    [Fact]
    public void The_choice_is_told_with_units_the_reason_the_price_of_the_next_better_one_and_its_command()
    {
        var output = cli.Run("pick", "models", "--max", "cost=5", "--prefer", "accuracy").Succeeded().Output;
        Assert.Contains("models: trial 2\n", output, StringComparison.Ordinal);
        Assert.Contains("Why: It has the highest accuracy, 0.9, of the 2 of 3 frontier points with cost at most 5 USD.\n", output, StringComparison.Ordinal);
        Assert.Contains("Beyond: The next better one is trial 1, with accuracy 0.95 (+0.05) for cost 10 USD, 5 USD beyond the limit.\n", output, StringComparison.Ordinal);
        Assert.Contains("Run it: sh -c ", output, StringComparison.Ordinal);
        Assert.Contains(" sh 2 3 0.5 1\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_point_within_the_limits_the_nearest_is_named_and_the_exit_code_is_1()
    {
        var result = cli.Run("pick", "models", "--max", "cost=0.25");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            "vilfredo: models: none of the 3 frontier points has cost at most 0.25 USD\n  The nearest is trial 0: cost 1 USD, 0.75 USD beyond the limit.\n",
            result.Error);
        var json = cli.Run("pick", "models", "--max", "cost=0.25", "--json");
        Assert.Equal(1, json.ExitCode);
        Assert.Equal(0, json.Json.GetProperty("nearest").GetProperty("trial").GetInt32());
        Assert.Equal(0.75, json.Json.GetProperty("excess").GetProperty("cost").GetDouble());
    }

    [Theory]
    [InlineData("there is no study 'modles'", "modles")]
    [InlineData("--max: there is no objective \"cots\"", "models", "--max", "cots=1")]
    [InlineData("--prefer: there is no objective \"accurcy\"", "models", "--prefer", "accurcy")]
    [InlineData("--max: \"cost\" is not name=number", "models", "--max", "cost")]
    [InlineData("--max: \"1e400\" is not a finite number", "models", "--max", "cost=1e400")]
    [InlineData("--max: \"2 USD\" is not a finite number", "models", "--max", "cost=2 USD")]
    [InlineData("--max: \"cost\" is given twice", "models", "--max", "cost=2", "--max", "cost=3")]
    [InlineData("--max: accuracy is to be maximized", "models", "--max", "accuracy=0.5")]
    [InlineData("--prefer and --knee exclude each other", "models", "--prefer", "cost", "--knee")]
    [InlineData("--weights: cost=-1: weights are not below 0", "models", "--weights", "cost=-1")]
    [InlineData("--reference-point: no wish for accuracy", "models", "--reference-point", "cost=1")]
    [InlineData("--lexicographic: the tolerance -1 of cost is below 0", "models", "--lexicographic", "cost:-1")]
    public void What_is_wrong_is_said(string message, params string[] arguments) => cli.Run(["pick", .. arguments]).Refused(message);

    [Fact]
    public void A_misspelt_objective_gets_a_suggestion() =>
        Assert.Contains("Did you mean \"accuracy\"?", cli.Run("pick", "models", "--prefer", "acuracy").Error, StringComparison.Ordinal);

    [Fact]
    public void A_study_without_results_has_nothing_to_pick_from()
    {
        var result = cli.WithResults("empty").Run("pick", "empty");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("vilfredo: 'empty' has no frontier to pick from", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_dialogue_limits_wishes_and_steps_lead_to_a_choice()
    {
        var result = cli.RunWithInput("better accuracy\ncost<=5\nbetter cost\nundo\ndone\n", "pick", "models", "--interactive", "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, result.Json.GetProperty("choice").GetProperty("trial").GetInt32());
        string[] choices = [.. result.Error.Split('\n').Where(line => line.StartsWith("trial ", StringComparison.Ordinal)).Select(line => line[..7])];
        Assert.Equal(["trial 2", "trial 1", "trial 2", "trial 0", "trial 2"], choices);
        Assert.Contains("3 of 3 frontier points:", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("> ", result.Error, StringComparison.Ordinal); // no prompt when nobody types
        Assert.DoesNotContain('\u001b', result.Error);
    }

    [Theory]
    [InlineData(1, "wish cost=10,accuracy=0.96")]
    [InlineData(0, "weights cost=1")]
    [InlineData(1, "best accuracy")]
    [InlineData(2, "best accuracy", "knee")]
    [InlineData(2, "best accuracy", "cost<=5")]
    [InlineData(1, "best accuracy", "cost<=5", "cost<=")]
    [InlineData(2, "wish cost=10 accuracy=0.96", "best cost", "reset")]
    [InlineData(2, "nonsense", "cost>=3", "cost<=much", "better speed", "undo", "?", "", "points")]
    [InlineData(0, "better cost", "better cost")]
    public void A_dialogue_leads_to_a_trial(int trial, params string[] lines) => Assert.Equal(
        trial,
        cli.RunWithInput(string.Join('\n', lines), "pick", "models", "-i", "--json").Json.GetProperty("choice").GetProperty("trial").GetInt32());

    [Fact]
    public void What_is_wrong_in_a_dialogue_is_said_and_changes_nothing()
    {
        var error = cli.RunWithInput("nonsense\ncost>=3\nbettr cost\nbetter cost\nbetter cost\nundo\nundo\n", "pick", "models", "-i", "--json").Error;
        Assert.Contains("'nonsense' is no command", error, StringComparison.Ordinal);
        Assert.Contains("cost is to be minimized, so it needs no limit on that side\n  Write cost<=NUMBER.", error, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"better\"?", error, StringComparison.Ordinal);
        Assert.Contains("no point has a lower cost than trial 0", error, StringComparison.Ordinal);
        Assert.Contains("there is nothing to undo", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dialogue_may_end_without_a_choice()
    {
        var quit = cli.RunWithInput("quit\n", "pick", "models", "-i");
        Assert.Equal((1, ""), (quit.ExitCode, quit.Output));
        var impossible = cli.RunWithInput("cost<=0.1\ndone\n", "pick", "models", "-i");
        Assert.Equal((1, ""), (impossible.ExitCode, impossible.Output));
        Assert.Contains("no choice: none of the 3 frontier points has cost at most 0.1 USD; the nearest is trial 0", impossible.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_options_the_studys_own_preference_chooses()
    {
        cli.With("study.yaml", StudyFiles.Printing("wished", 6, settings: "sampler: { name: rnsga2, population: 6 }\nseed: 1\npreference: { weights: { accuracy: 1 } }"));
        cli.Run("optimize", "study.yaml", "--no-report");
        var json = cli.Run("pick", "wished", "--json").Succeeded().Json;
        Assert.Contains("with the weights cost 0 and accuracy 1", json.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("lowest cost", cli.Run("pick", "wished", "--json", "--prefer", "cost").Json.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }
}
