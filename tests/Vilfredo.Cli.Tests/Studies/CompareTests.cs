namespace Vilfredo.Cli.Tests.Studies;

public sealed class CompareTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Over_runs_the_better_side_is_told_with_its_probability_and_where_it_attains_more()
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            cli.WithResults($"good-{seed}", [1, 0.5], [2, 0.8 + 0.01 * seed], [10, 1]);
            cli.WithResults($"poor-{seed}", [2, 0.4], [4, 0.6 + 0.01 * seed], [10, 0.9]);
        }

        var json = cli.Run("compare", "good-*", "poor-*", "--json").Succeeded().Json;
        Assert.Equal("runs", json.GetProperty("chance").GetString());
        Assert.Equal(1, json.GetProperty("a12").GetDouble());
        Assert.Equal(1, json.GetProperty("probabilityAIsBetter").GetDouble());
        // The exact two-sided p of complete separation, 4 against 4: 2 / (8 choose 4).
        Assert.Equal(2 / 70.0, json.GetProperty("mannWhitneyP").GetDouble(), 12);
        Assert.Equal(4, json.GetProperty("a").GetProperty("runs").GetArrayLength());
        Assert.True(json.GetProperty("a").GetProperty("interval95")[0].GetDouble() > json.GetProperty("b").GetProperty("interval95")[1].GetDouble());
        Assert.Equal(0, json.GetProperty("attainment").GetProperty("bMoreOften").GetDouble());
        Assert.InRange(json.GetProperty("attainment").GetProperty("aMoreOften").GetDouble(), 0.1, 0.9);

        var text = cli.Run("compare", "good-1,good-2,good-3", "poor-?").Succeeded().Output;
        Assert.Contains("A is better than B with probability 1: ", text, StringComparison.Ordinal);
        Assert.Contains("Mann-Whitney p = 0.057 (exact)", text, StringComparison.Ordinal);
        Assert.Contains("B in 0 %.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hypervolume_is_a_share_of_the_box_to_the_reference_point()
    {
        // Ranges 0 to 10 and 0 to 1, reference at 10 and 0: one quarter and one half of the box.
        cli.WithResults("a", [0, 0.25], [10, 0.25]).WithResults("b", [5, 1], [10, 0]);
        var json = cli.Run("compare", "a", "b", "--reference", "cost=10,accuracy=0", "--json").Succeeded().Json;
        Assert.Equal(0.25, json.GetProperty("a").GetProperty("mean").GetDouble(), 12);
        Assert.Equal(0.5, json.GetProperty("b").GetProperty("mean").GetDouble(), 12);
        Assert.Equal(0, json.GetProperty("probabilityAIsBetter").GetDouble());
        Assert.Equal("none", json.GetProperty("chance").GetString());
        Assert.Equal(0.125, json.GetProperty("attainment").GetProperty("aMoreOften").GetDouble(), 12);
        Assert.Equal(0.375, json.GetProperty("attainment").GetProperty("bMoreOften").GetDouble(), 12);
        Assert.Contains("one run each tells nothing about chance", cli.Run("compare", "a", "b").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Studies_of_different_objectives_are_refused()
    {
        cli.WithResults("a", [1, 1]);
        var other = StudyFiles.Printing("b", 1).Replace("unit: USD", "unit: EUR", StringComparison.Ordinal);
        Assert.Equal(0, cli.With("b.yaml", other).Run("optimize", "b.yaml", "--no-report").ExitCode);
        cli.Run("compare", "a", "b").Refused("a and b: The objectives differ: min cost [USD], max accuracy and min cost [EUR], max accuracy");
    }

    [Theory]
    [InlineData("there is no study 'aa'", "aa", "b")]
    [InlineData("no study matches \"x*\"", "x*", "b")]
    [InlineData("the study 'b' is in A and in B", "*", "b")]
    [InlineData("--reference: there is no objective \"cots\"", "a", "b", "--reference", "cots=1")]
    [InlineData("--reference: no value for accuracy", "a", "b", "--reference", "cost=1")]
    [InlineData("a and b: The reference point's cost of 0 is not worse than the best, 1", "a", "b", "--reference", "cost=0,accuracy=0")]
    public void What_is_wrong_is_said(string message, params string[] arguments)
    {
        cli.WithResults("a", [1, 1]).WithResults("b", [2, 2]);
        cli.Run(["compare", .. arguments]).Refused(message);
    }
}
