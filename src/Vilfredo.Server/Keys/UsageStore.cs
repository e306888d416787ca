using Microsoft.Data.Sqlite;

namespace Vilfredo.Server.Keys;

/// <summary>What keys have used, by windows of time, in a small SQLite file: what is written is there after the process is killed. Thread-safe.</summary>
internal sealed class UsageStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _read;
    private readonly SqliteCommand _add;
    private readonly Lock _lock = new();

    /// <summary>Opens or creates a file; null is memory.</summary>
    /// <exception cref="ArgumentException">It cannot be opened, or is something else.</exception>
    public UsageStore(string? path)
    {
        if (path is not null && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path ?? ":memory:", Pooling = false }.ToString());
        try
        {
            _connection.Open();
            // A write need not survive the loss of power, only that of the process: no waiting for the disk.
            Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE IF NOT EXISTS usage (key TEXT, window TEXT, requests INTEGER, tokens INTEGER, spend REAL, PRIMARY KEY (key, window)) WITHOUT ROWID;");
            _read = Prepare("SELECT requests, tokens, spend FROM usage WHERE key = $key AND window = $window", ("$key", SqliteType.Text), ("$window", SqliteType.Text));
            _add = Prepare(
                """
                INSERT INTO usage VALUES ($key, $window, $requests, $tokens, $spend)
                ON CONFLICT (key, window) DO UPDATE SET requests = requests + $requests, tokens = tokens + $tokens, spend = spend + $spend
                """,
                ("$key", SqliteType.Text), ("$window", SqliteType.Text), ("$requests", SqliteType.Integer), ("$tokens", SqliteType.Integer), ("$spend", SqliteType.Real));
        }
        catch (SqliteException error)
        {
            _connection.Dispose();
            throw new ArgumentException($"The use of keys cannot be kept in '{path}': {error.Message} Name a file that this program wrote, or a new one.", nameof(path), error);
        }
    }

    /// <summary>What a key has used in a window.</summary>
    public KeyUsage Read(string key, string window)
    {
        lock (_lock)
        {
            (_read.Parameters[0].Value, _read.Parameters[1].Value) = (key, window);
            using var reader = _read.ExecuteReader();
            return reader.Read() ? new(reader.GetInt64(0), reader.GetInt64(1), reader.GetDouble(2)) : default;
        }
    }

    /// <summary>Adds to what a key has used in windows, all or nothing.</summary>
    public void Add(string key, params ReadOnlySpan<(string Window, KeyUsage Usage)> windows)
    {
        lock (_lock)
        {
            using var transaction = windows.Length > 1 ? _connection.BeginTransaction() : null;
            _add.Transaction = transaction;
            foreach (var (window, usage) in windows)
            {
                object[] values = [key, window, usage.Requests, usage.Tokens, usage.Spend];
                for (var i = 0; i < values.Length; i++)
                    _add.Parameters[i].Value = values[i];
                _add.ExecuteNonQuery();
            }

            transaction?.Commit();
        }
    }

    public void Dispose()
    {
        _read.Dispose();
        _add.Dispose();
        _connection.Dispose();
    }

    // Parsed once: each request reads and adds several times.
    private SqliteCommand Prepare(string text, params ReadOnlySpan<(string Name, SqliteType Type)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, type) in parameters)
            command.Parameters.Add(name, type);
        command.Prepare();
        return command;
    }

    private void Execute(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
