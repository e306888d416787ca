using Microsoft.Data.Sqlite;

namespace Vilfredo.Studies.Tests.Storage;

public sealed class SqliteStorageTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_reopened_study_has_every_event_to_the_last_bit()
    {
        var path = directory.File("s.db");
        var outcomes = new List<TrialOutcome>
        {
            TrialOutcome.MeasuredRepeatedly([[0.1, double.Epsilon], [1e308, -0.0]]) with { Metrics = new Dictionary<string, double> { ["m"] = 1 / 3.0 }, Duration = TimeSpan.FromTicks(123) },
            TrialOutcome.Measured(1, 2).WithViolations([0, 0.1]),
            TrialOutcome.Failed("no\n\"result\"") with { Output = "last\nlines ü" },
            TrialOutcome.TimedOut(TimeSpan.FromSeconds(2), [2, double.NaN]),
        };
        using (var storage = new SqliteStorage(path))
        {
            using var study = TestStudies.Create(storage: storage);
            foreach (var outcome in outcomes) study.Tell(study.AskTrial(), outcome);
        }

        using var again = new SqliteStorage(path, StorageAccess.Read);
        using var reopened = Study.Open(again, "study");
        var trials = reopened.Read(s => s.Trials);
        Assert.Equal([TrialState.Completed, TrialState.Infeasible, TrialState.Failed, TrialState.TimedOut], trials.Select(t => t.State));
        for (var i = 0; i < outcomes.Count; i++)
        {
            var (expected, actual) = (outcomes[i], trials[i].Outcome!);
            Assert.Equal(expected.Values.Select(BitConverter.DoubleToInt64Bits), actual.Values.Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(expected.Samples, actual.Samples);
            Assert.Equal(expected.LowerBounds, actual.LowerBounds);
            Assert.Equal(expected.Violations, actual.Violations);
            Assert.Equal(expected.Metrics, actual.Metrics);
            Assert.Equal((expected.Reason, expected.Output, expected.Duration), (actual.Reason, actual.Output, actual.Duration));
        }
    }

    [Fact]
    public void Proposals_keep_the_type_of_every_knob()
    {
        var path = directory.File("s.db");
        Configuration proposed;
        using (var storage = new SqliteStorage(path))
        using (var study = TestStudies.Create(storage: storage))
            proposed = study.AskTrial().Configuration;

        using var again = new SqliteStorage(path);
        using var reopened = Study.Open(again, "study");
        var stored = reopened.Read(s => s.Trials[0].Configuration);
        Assert.Equal(proposed, stored);
        Assert.Equal(proposed.Select(p => p.Value.Type), stored.Select(p => p.Value.Type));
    }

    [Fact]
    public void Two_openings_of_one_file_see_each_others_trials_and_never_share_a_number()
    {
        var path = directory.File("s.db");
        using var one = new SqliteStorage(path);
        using var two = new SqliteStorage(path);
        using var first = TestStudies.Create(50, one);
        using var second = Study.Open(two, "study", new StudyOptions { Worker = "second" });
        var numbers = new List<int>();
        for (var i = 0; i < 25; i++)
        {
            foreach (var study in new[] { first, second })
            {
                var trial = study.AskTrial();
                numbers.Add(trial.Number);
                study.Tell(trial, i, i);
            }
        }

        Assert.Equal(Enumerable.Range(0, 50), numbers);
        Assert.Equal(AskStatus.BudgetSpent, first.Ask().Status);
        Assert.Equal(50, second.Read(s => s.Finished));
    }

    [Fact]
    public void A_study_of_the_same_name_is_refused()
    {
        using var storage = new SqliteStorage(directory.File("s.db"));
        using var study = TestStudies.Create(storage: storage);
        Assert.Contains("exists already", Assert.Throws<StudyStorageException>(() => TestStudies.Create(storage: storage)).Message);
    }

    [Fact]
    public void A_deleted_study_is_gone_and_its_writers_are_told()
    {
        using var storage = new SqliteStorage(directory.File("s.db"));
        using var study = TestStudies.Create(storage: storage);
        var trial = study.AskTrial();
        using (var other = new SqliteStorage(directory.File("s.db"))) other.Delete("study");
        Assert.Empty(storage.List());
        Assert.Contains("deleted", Assert.Throws<StudyStorageException>(() => study.Tell(trial, 1, 2)).Message);
    }

    [Fact]
    public void A_file_that_is_no_database_is_left_as_it_was()
    {
        var path = directory.File("notes.txt");
        File.WriteAllText(path, "These are my notes, and they are longer than a page header of one hundred bytes would be, so there.");
        var before = File.ReadAllBytes(path);
        Assert.Contains("not a study file", Assert.Throws<StudyStorageException>(() => new SqliteStorage(path)).Message);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_database_of_another_program_is_left_as_it_was()
    {
        var path = directory.File("other.db");
        Execute(path, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
        var before = File.ReadAllBytes(path);
        Assert.Contains("another program", Assert.Throws<StudyStorageException>(() => new SqliteStorage(path)).Message);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_newer_version_is_refused_and_left_as_it_was()
    {
        var path = directory.File("s.db");
        using (var storage = new SqliteStorage(path))
        using (TestStudies.Create(storage: storage))
        {
        }

        Execute(path, $"PRAGMA user_version = {SqliteSchema.Version + 1}");
        var before = File.ReadAllBytes(path);
        Assert.Contains("use a newer Vilfredo", Assert.Throws<StudyStorageException>(() => new SqliteStorage(path)).Message);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_file_of_the_first_version_is_brought_to_the_current_one_with_its_trials()
    {
        var path = directory.File("old.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            SqliteSchema.Migrate(connection, 1);
        }

        Execute(path, "SELECT COUNT(*) FROM events");
        using var storage = new SqliteStorage(path);
        using var study = TestStudies.Create(storage: storage);
        study.Tell(study.AskTrial(), 1.5, 2);
        using var check = new SqliteConnection($"Data Source={path};Pooling=False");
        check.Open();
        using var command = check.CreateCommand();
        command.CommandText = "SELECT study || trial || outcome || \"values\" FROM results";
        Assert.Equal("study0Completed[1.5,2]", command.ExecuteScalar());
    }

    [Fact]
    public void A_damaged_file_gives_a_clear_error_and_is_left_as_it_was()
    {
        var path = directory.File("s.db");
        using (var storage = new SqliteStorage(path))
        using (var study = TestStudies.Create(200, storage))
            study.Run(TestStudies.Measure);
        Execute(path, "PRAGMA wal_checkpoint(TRUNCATE)");
        var bytes = File.ReadAllBytes(path);
        // Everything after the schema's pages becomes noise.
        new Random(3).NextBytes(bytes.AsSpan(4096 * 4));
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<StudyStorageException>(() =>
        {
            using var storage = new SqliteStorage(path, StorageAccess.Read);
            using var study = Study.Open(storage, "study");
        });
        Assert.Contains("damaged", error.Message);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_file_that_another_program_keeps_locked_gives_a_clear_error_and_nothing_is_lost()
    {
        var path = directory.File("s.db");
        using var storage = new SqliteStorage(path, busyTimeout: TimeSpan.FromSeconds(1));
        using var study = TestStudies.Create(storage: storage);
        var trial = study.AskTrial();
        using (var other = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction(deferred: false);
            Assert.Contains("locked", Assert.Throws<StudyStorageException>(() => study.Tell(trial, 1, 2)).Message);
        }

        Assert.Equal(TellStatus.Counted, study.Tell(trial, 1, 2));
    }

    [Fact]
    public void A_full_file_gives_a_clear_error_and_keeps_what_was_recorded()
    {
        var path = directory.File("s.db");
        using (var storage = new SqliteStorage(path))
        {
            using var study = TestStudies.Create(storage: storage);
            study.Tell(study.AskTrial(), 1, 2);
            storage.LimitPages(1);
            var error = Assert.Throws<StudyStorageException>(() =>
            {
                for (var i = 0; i < 10_000; i++) study.Tell(study.AskTrial(), TrialOutcome.Failed(new string('x', 500)));
            });
            Assert.Contains("full", error.Message);
        }

        using var again = new SqliteStorage(path);
        using var reopened = Study.Open(again, "study");
        Assert.Equal([1, 2], reopened.Read(s => s.Trials[0].Outcome!.Values));
    }

    [Fact]
    public void A_missing_file_is_named_and_not_created()
    {
        var path = directory.File("missing.db");
        Assert.Contains(path, Assert.Throws<StudyStorageException>(() => new SqliteStorage(path, StorageAccess.Read)).Message);
        Assert.False(File.Exists(path));
    }

    private static void Execute(string path, string text)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
