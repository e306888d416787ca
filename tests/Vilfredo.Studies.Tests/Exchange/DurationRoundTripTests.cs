using Vilfredo.IO;

namespace Vilfredo.Studies.Tests.Exchange;

public class DurationRoundTripTests
{
    [Fact]
    public void Durations_survive_csv_to_the_tick()
    {
        using var study = TestStudies.Create();
        var random = new RandomGenerator(11);
        var ticks = Enumerable.Range(0, 500).Select(_ => random.NextInt64(1, 10_000_000_000)).ToArray();
        foreach (var duration in ticks) study.Tell(study.AskTrial(), TrialOutcome.Measured(1, 2) with { Duration = new TimeSpan(duration) });
        using var text = new StringWriter();
        ResultExport.ToCsv(study, text);

        using var copy = TestStudies.Create();
        ResultImport.FromCsv(copy, new CsvReader(new StringReader(text.ToString()), "export"));
        Assert.Equal(ticks, copy.Read(s => s.Trials.Select(t => t.Outcome!.Duration.Ticks).ToArray()));
    }
}
