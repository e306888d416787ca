using System.Text;
using Vilfredo.IO;
using Vilfredo.Studies.Tests.Storage;

namespace Vilfredo.Studies.Tests.Exchange;

public class ExchangeTests
{
    private static readonly Objective[] Objectives = [Objective.Minimize("time", "s, really [sic]"), Objective.Maximize("a,b \"c\"")];

    private static readonly StudyOptions Options = TestStudies.Options() with
    {
        Metrics = [new MetricDefinition("memory", "bytes")],
        MeasuredConstraints = [KnobExpression.Parse("memory <= 5")],
    };

    // One trial of every kind, with values that have no short decimal form.
    private static Study Everything(ManualClock clock, IStudyStorage? storage = null)
    {
        var study = Study.Create(TestStudies.Space, Objectives, Options with { Clock = clock, Storage = storage });
        TrialOutcome[] outcomes =
        [
            TrialOutcome.Measured(0.1 + 0.2, Math.PI) with { Metrics = new Dictionary<string, double> { ["memory"] = 1.0 / 3 }, Duration = TimeSpan.FromTicks(1234567) },
            TrialOutcome.Measured(double.Epsilon, -double.MaxValue).WithViolations([2.0 / 3]),
            TrialOutcome.Failed("it said:\n\"no\", twice") with { Output = "line 1\nline, 2\r\n" },
            TrialOutcome.TimedOut(TimeSpan.FromSeconds(1.5), [1.5, double.NaN]),
            TrialOutcome.MeasuredRepeatedly([[1.1, 2.2], [1.3, 2.4], [0.7, -1e-300]]),
        ];
        foreach (var outcome in outcomes)
        {
            var trial = study.AskTrial();
            clock.Advance(TimeSpan.FromSeconds(1.25));
            study.Tell(trial, outcome);
        }

        // A late one, and a repeat of it.
        var late = study.AskTrial();
        study.Tell(late, TrialOutcome.TimedOut(TimeSpan.FromSeconds(1)));
        study.Tell(late, 1, 2);
        study.Add(late.Configuration, TrialOutcome.Measured(3, 4), repeatOf: late.Number);
        return study;
    }

    [Fact]
    public void Json_goes_out_and_in_to_the_last_bit()
    {
        using var study = Everything(new ManualClock());
        var first = Json(study);
        using var copy = ResultImport.FromJson(first, "study.json");
        Assert.Equal(first, Json(copy));
        Assert.Equal(TrialState.Late, copy.Read(s => s.Trials[5].State));
        Assert.Equal(5, copy.Read(s => s.Trials[6].RepeatOf));
    }

    [Fact]
    public void Csv_goes_out_and_in_to_the_last_bit()
    {
        using var study = Everything(new ManualClock());
        var first = Csv(study);
        using var copy = Study.Create(TestStudies.Space, Objectives, Options);
        using var reader = new CsvReader(new StringReader(first), "trials.csv");
        Assert.Equal(7, ResultImport.FromCsv(copy, reader));
        Assert.Equal(first, Csv(copy));
        Assert.Equal(StudyFrontier.Of(study).MinimizedFrontier, StudyFrontier.Of(copy).MinimizedFrontier);
    }

    [Fact]
    public void Durations_keep_every_tick()
    {
        using var study = TestStudies.Create();
        var random = new RandomGenerator(3);
        for (var i = 0; i < 500; i++)
            study.Tell(study.AskTrial(), TrialOutcome.Measured(i, i) with { Duration = new TimeSpan(random.NextInt32(int.MaxValue)) });
        using var copy = TestStudies.Create();
        using var reader = new CsvReader(new StringReader(Csv(study)), "trials.csv");
        ResultImport.FromCsv(copy, reader);
        Assert.Equal(study.Read(s => s.Trials.Select(t => t.Outcome!.Duration).ToArray()), copy.Read(s => s.Trials.Select(t => t.Outcome!.Duration).ToArray()));
    }

    [Fact]
    public void Repeats_find_their_original_behind_the_trials_that_are_there_already_and_past_one_that_was_running()
    {
        using var study = TestStudies.Create();
        study.AskTrial();
        var measured = study.AskTrial();
        study.Tell(measured, 1, 2);
        study.Add(measured.Configuration, TrialOutcome.Measured(1, 3), repeatOf: measured.Number);

        using var target = TestStudies.Create(4);
        target.Run(TestStudies.Measure);
        using var reader = new CsvReader(new StringReader(Csv(study)), "trials.csv");
        ResultImport.FromCsv(target, reader);
        Assert.Equal([null, null, null, null, null, 4], target.Read(s => s.Trials.Select(t => t.RepeatOf).ToArray()));

        using var copy = ResultImport.FromJson(Json(study), "study.json");
        Assert.Equal([null, 0], copy.Read(s => s.Trials.Select(t => t.RepeatOf).ToArray()));
    }

    [Fact]
    public async Task Parquet_has_a_row_for_every_trial()
    {
        using var study = Everything(new ManualClock());
        using var stream = new MemoryStream();
        await ResultExport.ToParquetAsync(study, stream);
        stream.Position = 0;
        await using var reader = await Parquet.ParquetReader.CreateAsync(stream);
        using var group = reader.OpenRowGroupReader(0);
        Assert.Equal(7, group.RowCount);
        Assert.Contains("time [s, really [sic], minimize]", reader.Schema.GetDataFields().Select(f => f.Name));
    }

    [Fact]
    public void An_imported_study_goes_on()
    {
        using var directory = new TemporaryDirectory();
        using var storage = new SqliteStorage(directory.File("s.db"));
        using var study = TestStudies.Create(20, sampler: "nsga2");
        study.Run(TestStudies.Measure);
        using var copy = ResultImport.FromJson(Json(study), "study.json", storage, "copy");
        copy.Change(d => d with { Budget = d.Budget with { Trials = 30 } }, "more");
        Assert.Equal(10, copy.Run(TestStudies.Measure).Trials);
    }

    private static string Json(Study study)
    {
        using var stream = new MemoryStream();
        ResultExport.ToJson(study, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Csv(Study study)
    {
        using var writer = new StringWriter();
        ResultExport.ToCsv(study, writer);
        return writer.ToString();
    }
}
