namespace Vilfredo.Reproductions.Tests;

public sealed class RunnerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vilfredo-reproductions-").FullName;

    private string File => Path.Combine(folder, "deep", "run.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_run_has_one_result_for_each_method_setting_and_seed()
    {
        var results = ReproductionRunner.Run(new Sample(), Scale.Smoke, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(2 * 2 * 3, results.Results.Count);
        Assert.Equal([1, 2, 3], results.Seeds);
        Assert.Equal([2.0, 3, 4], results.OverSeeds(Sample.Quality("good")));
    }

    [Fact]
    public void The_values_do_not_depend_on_how_many_units_run_at_a_time()
    {
        var sample = new Sample
        {
            Measure = context => new Dictionary<string, double>
            {
                ["own"] = context.Own("x").NextDouble(),
                ["shared"] = context.Shared("x").NextDouble(),
                ["setting"] = context.SharedBySetting("x").NextDouble(),
            },
        };
        var alone = ReproductionRunner.Run(sample, Scale.Quick, cancellation: TestContext.Current.CancellationToken);
        var together = ReproductionRunner.Run(sample, Scale.Quick, new RunOptions { Parallelism = 4 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(alone.Results.Select(r => (r.Unit, r.Values["own"])), together.Results.Select(r => (r.Unit, r.Values["own"])));

        // 8 seeds; the own streams are all different, the shared ones are shared as far as their names say.
        Assert.Equal(32, alone.Results.Select(r => r.Values["own"]).Distinct().Count());
        Assert.Equal(16, alone.Results.Select(r => r.Values["setting"]).Distinct().Count());
        Assert.Equal(8, alone.Results.Select(r => r.Values["shared"]).Distinct().Count());
    }

    [Fact]
    public void Streams_are_the_same_in_every_process() =>
        Assert.Equal(0xAF63BD4C8601B7DFUL, UnitContext.StableHash(""));

    [Fact]
    public void A_run_that_failed_goes_on_where_it_was()
    {
        var broken = new Sample { Measure = context => context.Unit is { Seed: 2, Method: "plain" } ? throw new IOException("no disk") : Good() };
        var error = Assert.Throws<ReproductionFailedException>(() => Run(broken));
        Assert.Contains("plain, k=1, seed 2 failed: no disk", error.Message, StringComparison.Ordinal);

        var mended = new Sample();
        var results = Run(mended);
        Assert.Equal(12, results.Results.Count);
        Assert.Equal(12 - 3, mended.Count); // three units came before the one that failed
        Assert.Equal(7, results.Value("good", "k=1", 1, "quality")); // from the first start
        Assert.Equal(4, results.Value("good", "k=1", 3, "quality")); // from the second
    }

    [Fact]
    public void A_torn_last_line_is_measured_again()
    {
        Run(new Sample());
        var bytes = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, bytes[..^5]);
        var again = new Sample();
        Assert.Equal(12, Run(again).Results.Count);
        Assert.Equal(1, again.Count);
        Assert.Equal(13, System.IO.File.ReadAllLines(File).Length);
    }

    [Fact]
    public void A_damaged_line_is_an_error_that_names_the_file()
    {
        Run(new Sample());
        var lines = System.IO.File.ReadAllLines(File);
        lines[2] = "{";
        System.IO.File.WriteAllLines(File, lines);
        Assert.StartsWith(File, Assert.Throws<InvalidDataException>(() => Run(new Sample())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_of_another_run_are_moved_aside()
    {
        Run(new Sample());
        var before = System.IO.File.ReadAllText(File);
        var other = new Sample();
        Run(other, seeds: 2);
        Assert.Equal(8, other.Count);
        Assert.Equal(before, System.IO.File.ReadAllText(File + ".old"));
    }

    [Fact]
    public void A_value_that_is_not_finite_is_refused()
    {
        var sample = new Sample { Measure = _ => new Dictionary<string, double> { ["quality"] = double.NaN } };
        Assert.Contains("quality = NaN", Assert.Throws<ReproductionFailedException>(() => Run(sample)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_keeps_what_is_finished()
    {
        using var source = new CancellationTokenSource();
        var sample = new Sample
        {
            Measure = _ =>
            {
                source.Cancel();
                return Good();
            },
        };
        Assert.ThrowsAny<OperationCanceledException>(
            () => ReproductionRunner.Run(sample, Scale.Smoke, new RunOptions { RunFile = File }, cancellation: source.Token));
        Assert.Equal(2, System.IO.File.ReadAllLines(File).Length); // the heading and the one unit
    }

    private static Dictionary<string, double> Good() => new() { ["cost"] = 1, ["quality"] = 7 };

    private RunResults Run(Sample sample, int? seeds = null) => ReproductionRunner.Run(
        sample, Scale.Smoke, new RunOptions { RunFile = File, Seeds = seeds }, cancellation: TestContext.Current.CancellationToken);
}
