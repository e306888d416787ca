using System.Diagnostics;
using System.Text.Json;

namespace Vilfredo.Cli.Tests.Footprint;

public sealed class TrackTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void The_command_keeps_its_output_its_arguments_and_its_exit_code()
    {
        RequireLinux();
        var result = cli.RunWithInput("in\n", "track", "--", "sh", "-c", "cat; echo \"$1\"; echo problem >&2; exit 7", "sh", "--help");
        Assert.Equal("in\n--help\n", result.Output);
        Assert.Equal(7, result.ExitCode);
        Assert.StartsWith("problem\nFootprint of sh -c", result.Error, StringComparison.Ordinal);
        Assert.Contains("ESTIMATED", result.Error);
        Assert.Contains("the grid was not stated: the world's average is taken", result.Error);
    }

    [Fact]
    public void The_report_multiplies_PUE_and_grid_once()
    {
        RequireLinux();
        cli.Run("track", "--quiet", "--intensity", "500", "--pue", "1.6", "--wue", "1", "--grid-water", "2", "--tdp", "65", "--json", "r.json", "--", "sh", "-c", Busy).Succeeded();
        var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(cli.Directory, "r.json"))).RootElement;
        var energy = Number("it_energy_kwh");
        Assert.True(energy > 0);
        Assert.Equal(energy * 1.6, Number("facility_energy_kwh"), energy * 1e-9);
        Assert.Equal(energy * 1.6 * 500, Number("operational_g_co2e"), energy * 1e-6);
        Assert.Equal(energy * (1 + 2 * 1.6), Number("water_l"), energy * 1e-9);
        Assert.Equal(Number("operational_g_co2e") + Number("embodied_g_co2e"), Number("total_g_co2e"), 1e-12);
        Assert.Equal("estimated", report.GetProperty("origin").GetString());
        Assert.Equal(3, report.GetProperty("other_processor_models").GetArrayLength());
        Assert.Contains(report.GetProperty("assumptions").EnumerateArray(), text => text.GetString() == "PUE 1.6, applied once to the energy of the computer");

        double Number(string name) => report.GetProperty(name).GetDouble();
    }

    [Fact]
    public void Each_run_adds_a_line_under_one_header()
    {
        RequireLinux();
        for (var run = 0; run < 2; run++) cli.Run("track", "--quiet", "--csv", "runs.csv", "--name", $"run {run}", "--", "true").Succeeded();
        var lines = File.ReadAllLines(Path.Combine(cli.Directory, "runs.csv"));
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("timestamp,project_name,duration,emissions,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",run 0,", lines[1]);
        Assert.Contains(",run 1,", lines[2]);
    }

    [Fact]
    public void A_file_of_other_columns_is_left_alone_and_the_report_is_lost_aloud()
    {
        RequireLinux();
        var result = cli.With("runs.csv", "a,b\n1,2\n").Run("track", "--quiet", "--csv", "runs.csv", "--", "true");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("other columns", result.Error);
        Assert.Equal("a,b\n1,2\n", File.ReadAllText(Path.Combine(cli.Directory, "runs.csv")));
    }

    [Fact]
    public void Signals_reach_the_command()
    {
        RequireLinux();
        using var process = Process.Start(Cli.Prepare(cli.Directory, "track", "--quiet", "--", "sh", "-c", "trap 'echo got it; exit 9' TERM; echo ready; read line"))!;
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) kill.WaitForExit();
        Assert.Equal("got it", process.StandardOutput.ReadLine());
        process.WaitForExit();
        Assert.Equal(9, process.ExitCode);
    }

    [Fact]
    public void A_command_that_a_signal_ends_has_the_code_that_shells_give_it()
    {
        RequireLinux();
        Assert.Equal(128 + 9, cli.Run("track", "--quiet", "--", "sh", "-c", "kill -9 $$").ExitCode);
    }

    [Fact]
    public void A_command_that_is_not_there_is_reported_as_shells_do()
    {
        RequireLinux();
        var result = cli.Run("track", "--", "no-such-command");
        Assert.Equal(127, result.ExitCode);
        Assert.StartsWith("vilfredo: no-such-command: cannot be started", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--location: No carbon intensity is known for 'Germny'; did you mean 'Germany'?", "--location", "Germny")]
    [InlineData("--location and --intensity both name the grid", "--location", "DEU", "--intensity", "3")]
    [InlineData("--intensity: -3 g/kWh is not a finite amount of at least 0", "--intensity", "-3")]
    [InlineData("--pue: A PUE is at least 1", "--pue", "0.9")]
    [InlineData("--tdp: 0 W is not a finite amount above 0", "--tdp", "0")]
    [InlineData("--interval: 0 s is outside 0.01 to 86400", "--interval", "0")]
    [InlineData("--embodied-kg: -1 kg is not", "--embodied-kg", "-1")]
    [InlineData("--lifetime-hours: 0 h is not", "--embodied-kg", "1", "--lifetime-hours", "0")]
    [InlineData("grid.csv: no such file", "--intensity-file", "grid.csv")]
    public void What_makes_no_sense_is_refused_before_the_command_runs(string message, params string[] options) =>
        cli.Run(["track", .. options, "--", "echo", "ran"]).Refused(message);

    private const string Busy = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";

    private static void RequireLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are observed on Linux only.");
}
