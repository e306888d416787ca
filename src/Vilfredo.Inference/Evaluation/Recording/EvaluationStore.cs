using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.LogProbabilities;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Measurement.Tasks;
using Vilfredo.Studies;

namespace Vilfredo.Inference.Evaluation.Recording;

/// <summary>Keeps answers and calls of evaluations in a file of studies, each as soon as it is there, so that an interrupted evaluation goes on and pays nothing twice. Thread-safe.</summary>
/// <remarks>
/// A trial of a study is told once, with all its repeats, when the last problem has been answered; answers come one by one and cost money each. They have tables of their own beside the
/// studies' events, in the same file; what is measured in the end is a study there too, with a trial for each point.
/// An answer is found again by the fingerprint of what decides it, whatever its point is called: a changed evaluation file takes over every answer that it would ask for again.
/// A call is found again by the fingerprint of its model, chat and options, so that an answer that was interrupted half-way goes on with the calls that it had made.
/// </remarks>
public sealed class EvaluationStore : IAsyncDisposable
{
    private const string Tables =
        """
        CREATE TABLE IF NOT EXISTS evaluation_calls (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            evaluation TEXT NOT NULL,
            key TEXT, -- NULL where it failed
            model TEXT NOT NULL,
            started INTEGER NOT NULL, -- UTC ticks of 100 ns since year 1
            duration INTEGER NOT NULL, -- ticks
            input INTEGER NOT NULL, output INTEGER NOT NULL, cached INTEGER NOT NULL, -- tokens
            cost REAL, -- in the evaluation's currency; NULL where no price is known
            response TEXT, -- JSON
            error TEXT
        );
        CREATE UNIQUE INDEX IF NOT EXISTS evaluation_calls_by_key ON evaluation_calls (key);
        CREATE INDEX IF NOT EXISTS evaluation_calls_by_evaluation ON evaluation_calls (evaluation);
        CREATE TABLE IF NOT EXISTS evaluation_answers (
            key TEXT PRIMARY KEY,
            evaluation TEXT NOT NULL,
            point TEXT NOT NULL,
            problem TEXT NOT NULL,
            repeat INTEGER NOT NULL,
            prompt_hash TEXT NOT NULL,
            recorded INTEGER NOT NULL, -- UTC ticks
            response TEXT NOT NULL,
            grade TEXT NOT NULL,
            stopped_by TEXT NOT NULL,
            confidence REAL,
            calls INTEGER NOT NULL,
            input INTEGER NOT NULL, output INTEGER NOT NULL, cached INTEGER NOT NULL, reasoning INTEGER NOT NULL, -- tokens
            is_estimated INTEGER NOT NULL,
            critical_tokens INTEGER NOT NULL,
            cost REAL,
            seconds REAL NOT NULL, critical_seconds REAL NOT NULL, idealized_seconds REAL,
            output_by_model TEXT NOT NULL, -- JSON
            warnings TEXT NOT NULL -- JSON
        ) WITHOUT ROWID;
        """;

    private const string AnswerColumns =
        "key, point, problem, repeat, prompt_hash, recorded, response, grade, stopped_by, confidence, calls, input, output, cached, reasoning, is_estimated, critical_tokens, cost, seconds, critical_seconds, idealized_seconds, output_by_model, warnings";

    private readonly SqliteConnection _writing;
    private readonly SqliteConnection _reading;
    private readonly Lock _readLock = new();
    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new() { SingleReader = true });
    private readonly Task _writer;

    /// <summary>Opens a file, which is made when it is not there.</summary>
    /// <param name="path">The file of studies.</param>
    /// <param name="evaluation">The evaluation whose answers are recorded.</param>
    /// <exception cref="StudyStorageException">The file is locked, read-only, damaged, of another program or of a newer version.</exception>
    public EvaluationStore(string path, string evaluation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(evaluation);
        using (var studies = new SqliteStorage(path))
            Path = studies.Path;
        Evaluation = evaluation;
        _writing = Connect();
        try
        {
            Execute(_writing, Tables);
            _reading = Connect();
        }
        catch (SqliteException error)
        {
            _writing.Dispose();
            throw new StudyStorageException($"{Path}: {error.Message}", error);
        }

        _writer = Task.Run(WriteAsync);
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>The evaluation's name.</summary>
    public string Evaluation { get; }

    /// <summary>The answer with a fingerprint; null when there is none.</summary>
    public AnswerRecord? FindAnswer(string key) => Read(
        $"SELECT {AnswerColumns} FROM evaluation_answers WHERE key = $key", [("$key", key)], ToAnswer).FirstOrDefault();

    /// <summary>The call with a fingerprint; null when there is none.</summary>
    public CallEntry? FindCall(string key) => Read(
        "SELECT key, model, started, duration, input, output, cached, cost, response FROM evaluation_calls WHERE key = $key", [("$key", key)],
        row => new CallEntry
        {
            Key = row.GetString(0),
            Model = row.GetString(1),
            Started = new(row.GetInt64(2), TimeSpan.Zero),
            Duration = new(row.GetInt64(3)),
            Usage = new(row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)),
            Cost = row.IsDBNull(7) ? null : row.GetDouble(7),
            Response = ReadResponse(row.GetString(8)),
        }).FirstOrDefault();

    /// <summary>What the evaluation has spent so far, in all its runs.</summary>
    public RecordedSpending Spent() => Read(
        "SELECT COUNT(*), COALESCE(SUM(input), 0), COALESCE(SUM(output), 0), COALESCE(SUM(cost), 0.0) FROM evaluation_calls WHERE evaluation = $evaluation", [("$evaluation", Evaluation)],
        row => new RecordedSpending(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetDouble(3)))[0];

    /// <summary>What each model did, by its name.</summary>
    public IReadOnlyDictionary<string, ModelWork> Work()
    {
        var calls = Read(
            "SELECT model, started, duration, output FROM evaluation_calls WHERE evaluation = $evaluation AND error IS NULL ORDER BY started", [("$evaluation", Evaluation)],
            row => (Model: row.GetString(0), Start: row.GetInt64(1), End: row.GetInt64(1) + row.GetInt64(2), Output: row.GetInt64(3)));
        return calls.GroupBy(call => call.Model, StringComparer.Ordinal).ToDictionary(group => group.Key, group =>
        {
            long busy = 0, until = 0, output = 0;
            foreach (var call in group)
            {
                busy += Math.Max(0, call.End - Math.Max(call.Start, until));
                until = Math.Max(until, call.End);
                output += call.Output;
            }

            return new ModelWork(new(busy), output);
        }, StringComparer.Ordinal);
    }

    /// <summary>Records a call soon; answers that are recorded later are never there without it.</summary>
    public void Record(CallEntry call) => _entries.Writer.TryWrite(new(Insert(call), null));

    /// <summary>Records an answer; when the task has ended it is on disk, with all calls that were recorded before.</summary>
    /// <exception cref="StudyStorageException">It cannot be written; the message says what to do.</exception>
    public Task RecordAsync(AnswerRecord answer)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _entries.Writer.TryWrite(new(Insert(answer), done)) ? done.Task : _writer;
    }

    /// <summary>Forgets the answers and calls of this evaluation.</summary>
    public async Task ForgetAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _entries.Writer.TryWrite(new(
            [
                ("DELETE FROM evaluation_answers WHERE evaluation = $evaluation", [("$evaluation", Evaluation)]),
                ("DELETE FROM evaluation_calls WHERE evaluation = $evaluation", [("$evaluation", Evaluation)]),
            ], done));
        await done.Task.ConfigureAwait(false);
    }

    /// <summary>Writes what is waiting and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _writer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _writing.DisposeAsync().ConfigureAwait(false);
        await _reading.DisposeAsync().ConfigureAwait(false);
    }

    // Whatever waits is committed together: one flush of the disk for many answers.
    private async Task WriteAsync()
    {
        var waiting = new List<TaskCompletionSource>();
        while (await _entries.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            waiting.Clear();
            try
            {
                using var transaction = _writing.BeginTransaction(deferred: false);
                while (_entries.Reader.TryRead(out var entry))
                {
                    if (entry.Done is not null)
                        waiting.Add(entry.Done);
                    foreach (var (text, values) in entry.Statements)
                    {
                        using var command = Command(_writing, text, values);
                        command.Transaction = transaction;
                        command.ExecuteNonQuery();
                    }
                }

                transaction.Commit();
                waiting.ForEach(done => done.TrySetResult());
            }
            catch (SqliteException error)
            {
                var explained = new StudyStorageException($"Answers cannot be recorded in {Path}: {error.Message} Nothing recorded before is lost.", error);
                waiting.ForEach(done => done.TrySetException(explained));
                _entries.Writer.TryComplete(explained);
                while (_entries.Reader.TryRead(out var entry))
                    entry.Done?.TrySetException(explained);
                throw explained;
            }
        }
    }

    private List<(string Text, (string, object?)[] Values)> Insert(CallEntry call) =>
    [
        (
            """
            INSERT OR IGNORE INTO evaluation_calls (evaluation, key, model, started, duration, input, output, cached, cost, response, error)
            VALUES ($evaluation, $key, $model, $started, $duration, $input, $output, $cached, $cost, $response, $error)
            """,
            [
                ("$evaluation", Evaluation), ("$key", call.Key), ("$model", call.Model), ("$started", call.Started.UtcTicks), ("$duration", call.Duration.Ticks),
                ("$input", call.Usage.InputTokens), ("$output", call.Usage.OutputTokens), ("$cached", call.Usage.CachedInputTokens), ("$cost", call.Cost),
                ("$response", call.Response is null ? null : JsonSerializer.Serialize(call.Response, AIJsonUtilities.DefaultOptions)), ("$error", call.Error),
            ]),
    ];

    private List<(string Text, (string, object?)[] Values)> Insert(AnswerRecord answer) =>
    [
        (
            $"""
            INSERT OR REPLACE INTO evaluation_answers (evaluation, {AnswerColumns})
            VALUES ($evaluation, {string.Join(", ", AnswerColumns.Split(", ").Select(column => "$" + column))})
            """,
            [
                ("$evaluation", Evaluation), ("$key", answer.Key), ("$point", answer.Point), ("$problem", answer.Problem), ("$repeat", answer.Repeat), ("$prompt_hash", answer.PromptHash),
                ("$recorded", answer.Recorded.UtcTicks), ("$response", answer.Response), ("$grade", answer.Grade.ToString()), ("$stopped_by", answer.StoppedBy.ToString()),
                ("$confidence", answer.Confidence), ("$calls", answer.Calls), ("$input", answer.Usage.InputTokens), ("$output", answer.Usage.OutputTokens),
                ("$cached", answer.Usage.CachedInputTokens), ("$reasoning", answer.ReasoningTokens), ("$is_estimated", answer.UsageIsEstimated ? 1 : 0),
                ("$critical_tokens", answer.CriticalTokens), ("$cost", answer.Cost), ("$seconds", answer.Seconds), ("$critical_seconds", answer.CriticalSeconds),
                ("$idealized_seconds", answer.IdealizedSeconds), ("$output_by_model", JsonSerializer.Serialize(answer.OutputByModel)), ("$warnings", JsonSerializer.Serialize(answer.Warnings)),
            ]),
    ];

    private static AnswerRecord ToAnswer(SqliteDataReader row) => new()
    {
        Key = row.GetString(0),
        Point = row.GetString(1),
        Problem = row.GetString(2),
        Repeat = row.GetInt32(3),
        PromptHash = row.GetString(4),
        Recorded = new(row.GetInt64(5), TimeSpan.Zero),
        Response = row.GetString(6),
        Grade = Enum.Parse<Grade>(row.GetString(7)),
        StoppedBy = Enum.Parse<StopReason>(row.GetString(8)),
        Confidence = row.IsDBNull(9) ? null : row.GetDouble(9),
        Calls = row.GetInt32(10),
        Usage = new(row.GetInt64(11), row.GetInt64(12), row.GetInt64(13)),
        ReasoningTokens = row.GetInt64(14),
        UsageIsEstimated = row.GetInt64(15) != 0,
        CriticalTokens = row.GetInt64(16),
        Cost = row.IsDBNull(17) ? null : row.GetDouble(17),
        Seconds = row.GetDouble(18),
        CriticalSeconds = row.GetDouble(19),
        IdealizedSeconds = row.IsDBNull(20) ? null : row.GetDouble(20),
        OutputByModel = JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(21))!,
        Warnings = JsonSerializer.Deserialize<List<string>>(row.GetString(22))!,
    };

    private List<T> Read<T>(string text, (string, object?)[] values, Func<SqliteDataReader, T> read)
    {
        lock (_readLock)
        {
            try
            {
                using var command = Command(_reading, text, values);
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read())
                    rows.Add(read(reader));
                return rows;
            }
            catch (Exception error) when (error is SqliteException or JsonException or ArgumentException)
            {
                throw new StudyStorageException($"{Path} cannot be read: {error.Message}", error);
            }
        }
    }

    private static ChatResponse ReadResponse(string json)
    {
        var response = JsonSerializer.Deserialize<ChatResponse>(json, AIJsonUtilities.DefaultOptions)!;
        if (response.AdditionalProperties?.TryGetValue(KnownLogProbabilities.Key, out var value) == true && value is JsonElement { ValueKind: JsonValueKind.Array } choices)
            response.AdditionalProperties[KnownLogProbabilities.Key] = choices.Deserialize<List<TokenChoice>>(AIJsonUtilities.DefaultOptions);
        return response;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            connection.Open();
            // FULL: a commit has reached the disk.
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw new StudyStorageException($"{Path}: {error.Message}", error);
        }
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = Command(connection, text, []);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string text, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value is long or int ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : value ?? DBNull.Value);
        return command;
    }

    private sealed record Entry(List<(string Text, (string, object?)[] Values)> Statements, TaskCompletionSource? Done);
}
