using Vilfredo.IO;
using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Tracking;

namespace Vilfredo.Measurement.Tests.Footprint;

public sealed class FootprintCsvTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vilfredo-footprint-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Runs_that_end_at_the_same_time_each_add_their_line()
    {
        var path = Path.Combine(folder, "runs.csv");
        Parallel.For(0, 16, run => FootprintCsv.Append(path, $"run {run}", Report()));
        using var reader = CsvReader.Open(path);
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.Fields[1]);
        Assert.Equal("project_name", names[0]);
        Assert.Equal(Enumerable.Range(0, 16).Select(run => $"run {run}").Order(), names.Skip(1).Order());
    }

    [Fact]
    public void Values_stand_under_the_names_and_units_of_other_trackers()
    {
        var path = Path.Combine(folder, "runs.csv");
        FootprintCsv.Append(path, "a, b", Report());
        using var reader = CsvReader.Open(path);
        Assert.True(reader.Read());
        string[] header = [.. reader.Fields];
        Assert.True(reader.Read());
        string Value(string column) => reader.Fields[Array.IndexOf(header, column)];
        Assert.Equal("a, b", Value("project_name"));
        Assert.Equal("0.5", Value("emissions")); // kg
        Assert.Equal("1", Value("cpu_energy")); // kWh
        Assert.Equal("1000", Value("cpu_power")); // W over an hour
        Assert.Equal("", Value("gpu_energy"));
        Assert.Equal("not counted", Value("gpu_origin"));
        Assert.Equal("estimated", Value("cpu_origin"));
        Assert.Equal("", Value("embodied_emissions"));
        Assert.Equal("first; second", Value("assumptions"));
    }

    private static FootprintReport Report() => new()
    {
        Started = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Seconds = 3600,
        CpuSeconds = 1800,
        MeanResidentBytes = 0,
        Samples = 1,
        Scope = FootprintScope.Process,
        Readings = [new(EnergyComponent.Processor, 3.6e6, EnergyOrigin.Estimated, "test")],
        Alternatives = [],
        Facility = Facility.None,
        OperationalGrams = 500,
        EmbodiedGrams = null,
        Assumptions = ["first", "second"],
    };
}
