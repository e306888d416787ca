using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Vilfredo.Studies;

/// <summary>
/// Keeps studies in one SQLite file (write-ahead log), shared by any number of threads and processes of one machine. Each
/// event is one durable statement.
/// </summary>
public sealed class SqliteStorage : IStudyStorage
{
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, long> identities = new(StringComparer.Ordinal);
    private readonly SqliteCommand insertExpected;
    private readonly SqliteCommand insertNext;
    private readonly SqliteCommand select;
    private readonly SqliteCommand full;
    private readonly SqliteCommand normal;
    private bool isFullySynchronous = true;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="access">What may happen to it.</param>
    /// <param name="busyTimeout">How long a write waits for another process's; 10 s when not given.</param>
    /// <exception cref="StudyStorageException">
    /// The file is missing, locked, read-only, damaged, of another program or of a newer version; it is left as it was.
    /// </exception>
    public SqliteStorage(string path, StorageAccess access = StorageAccess.Create, TimeSpan? busyTimeout = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(Path))
            throw new StudyStorageException($"{Path} is a directory; name a file.");
        if (access != StorageAccess.Create && !File.Exists(Path))
            throw new StudyStorageException($"There is no study file {Path}; create it with 'optimize', or name another with --storage.");
        try
        {
            try
            {
                connection = Connect(Path, access, busyTimeout);
            }
            catch (SqliteException error) when (access == StorageAccess.Read && SqliteErrors.IsUnwritable(error) && !File.Exists(Path + "-wal"))
            {
                // Readers of a log put an index beside the file. Where they may not, and there is no log, nobody writes.
                connection = Connect(new Uri(Path).AbsoluteUri + "?immutable=1", access, busyTimeout);
            }
        }
        catch (SqliteException error)
        {
            throw Translate(error);
        }

        full = Command("PRAGMA synchronous = FULL");
        normal = Command("PRAGMA synchronous = NORMAL");
        insertExpected = Command(
            "INSERT INTO events (study, position, time, kind, payload) VALUES ($study, $position, $time, $kind, $payload)",
            "$study", "$position", "$time", "$kind", "$payload");
        insertNext = Command(
            """
            INSERT INTO events (study, position, time, kind, payload)
            SELECT $study, COALESCE(MAX(position), 0) + 1, $time, $kind, $payload FROM events WHERE study = $study
            RETURNING position
            """,
            "$study", "$time", "$kind", "$payload");
        select = Command(
            "SELECT time, kind, payload FROM events WHERE study = $study AND position > $after ORDER BY position",
            "$study", "$after");
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => Guard(() =>
    {
        using var command = Command("SELECT name FROM studies ORDER BY id");
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.GetString(0));
        return names;
    });

    /// <inheritdoc/>
    public void Create(string study, StudyDefined definition)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(study);
        ArgumentNullException.ThrowIfNull(definition);
        Guard(() =>
        {
            Synchronize(true);
            using var transaction = connection.BeginTransaction(deferred: false);
            using var exists = Command("SELECT COUNT(*) FROM studies WHERE name = $name", "$name");
            exists.Transaction = transaction;
            exists.Parameters["$name"].Value = study;
            if ((long)exists.ExecuteScalar()! > 0)
                throw new StudyStorageException($"A study named '{study}' exists already in {Path}; resume it, delete it or choose another name.");
            using var insert = Command("INSERT INTO studies (name, created) VALUES ($name, $created) RETURNING id", "$name", "$created");
            insert.Transaction = transaction;
            insert.Parameters["$name"].Value = study;
            insert.Parameters["$created"].Value = definition.Time.UtcTicks;
            var id = (long)insert.ExecuteScalar()!;
            Bind(insertExpected, id, definition);
            insertExpected.Parameters["$position"].Value = 1;
            insertExpected.Transaction = transaction;
            insertExpected.ExecuteNonQuery();
            insertExpected.Transaction = null;
            transaction.Commit();
            return 0;
        });
    }

    /// <inheritdoc/>
    public void Delete(string study) => Guard(() =>
    {
        Synchronize(true);
        using var transaction = connection.BeginTransaction(deferred: false);
        using var events = Command("DELETE FROM events WHERE study = $study", "$study");
        events.Transaction = transaction;
        events.Parameters["$study"].Value = IdentityOf(study, transaction);
        events.ExecuteNonQuery();
        using var command = Command("DELETE FROM studies WHERE name = $name", "$name");
        command.Transaction = transaction;
        command.Parameters["$name"].Value = study;
        command.ExecuteNonQuery();
        transaction.Commit();
        identities.Remove(study);
        return 0;
    });

    /// <inheritdoc/>
    public IReadOnlyList<StudyEvent> Read(string study, long after) => Guard(() =>
    {
        select.Parameters["$study"].Value = IdentityOf(study);
        select.Parameters["$after"].Value = after;
        using var reader = select.ExecuteReader();
        var events = new List<StudyEvent>();
        while (reader.Read())
        {
            try
            {
                var time = new DateTimeOffset(reader.GetInt64(0), TimeSpan.Zero);
                events.Add(StudyEventJson.Read(reader.GetString(1), time, reader.GetString(2)));
            }
            catch (JsonException error)
            {
                throw new StudyStorageException(
                    $"The study '{study}' in {Path} is damaged at event {after + events.Count + 1}: {error.Message} The file is unchanged; restore it from a copy.", error);
            }
        }

        return events;
    });

    /// <inheritdoc/>
    public long Append(string study, long expected, StudyEvent entry, bool durable)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Guard(() =>
        {
            var id = IdentityOf(study);
            Synchronize(durable);
            if (expected < 0)
            {
                Bind(insertNext, id, entry);
                return (long)insertNext.ExecuteScalar()!;
            }

            Bind(insertExpected, id, entry);
            insertExpected.Parameters["$position"].Value = expected + 1;
            try
            {
                insertExpected.ExecuteNonQuery();
                return expected + 1;
            }
            catch (SqliteException error) when (error.SqliteExtendedErrorCode == SqliteErrors.PrimaryKeyExists)
            {
                return 0;
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        insertExpected.Dispose();
        insertNext.Dispose();
        select.Dispose();
        full.Dispose();
        normal.Dispose();
        connection.Dispose();
    }

    /// <summary>Makes the file full when it has no more than some pages beyond what it has now, as a disk without room would.</summary>
    internal void LimitPages(int more) => Guard(() =>
    {
        using var count = Command("PRAGMA page_count");
        using var limit = Command($"PRAGMA max_page_count = {(long)count.ExecuteScalar()! + more}");
        return limit.ExecuteNonQuery();
    });

    private SqliteConnection Connect(string source, StorageAccess access, TimeSpan? busyTimeout)
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = access switch
            {
                StorageAccess.Create => SqliteOpenMode.ReadWriteCreate,
                StorageAccess.ReadWrite => SqliteOpenMode.ReadWrite,
                _ => SqliteOpenMode.ReadOnly,
            },
            // Ours stays open; a pool would keep the file open after Dispose.
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling((busyTimeout ?? TimeSpan.FromSeconds(10)).TotalSeconds),
        }.ToString());
        try
        {
            opened.Open();
            SqliteSchema.Prepare(opened, Path, access);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static void Bind(SqliteCommand command, long study, StudyEvent entry)
    {
        command.Parameters["$study"].Value = study;
        command.Parameters["$time"].Value = entry.Time.UtcTicks;
        command.Parameters["$kind"].Value = StudyEventJson.KindOf(entry);
        command.Parameters["$payload"].Value = StudyEventJson.Write(entry);
    }

    private long IdentityOf(string study, SqliteTransaction? transaction = null)
    {
        if (identities.TryGetValue(study, out var id)) return id;
        using var command = Command("SELECT id FROM studies WHERE name = $name", "$name");
        command.Transaction = transaction;
        command.Parameters["$name"].Value = study;
        if (command.ExecuteScalar() is not long found)
            throw new StudyStorageException($"There is no study named '{study}' in {Path}; 'list' shows the ones there are.");
        return identities[study] = found;
    }

    // FULL makes every commit reach the disk; NORMAL leaves that to the next FULL one, and a crash of the process loses nothing.
    private void Synchronize(bool durable)
    {
        if (durable == isFullySynchronous) return;
        (durable ? full : normal).ExecuteNonQuery();
        isFullySynchronous = durable;
    }

    private SqliteCommand Command(string text, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private T Guard<T>(Func<T> action)
    {
        lock (gate)
        {
            try
            {
                return action();
            }
            catch (SqliteException error)
            {
                throw Translate(error);
            }
        }
    }

    private StudyStorageException Translate(SqliteException error) =>
        new(SqliteErrors.Explain(error, Path), error) { CanBeRetried = SqliteErrors.CanBeRetried(error) };
}
