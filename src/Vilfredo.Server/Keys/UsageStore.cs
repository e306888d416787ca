using Microsoft.Data.Sqlite;

namespace Vilfredo.Server.Keys;

/// <summary>What keys have used, by windows of time, in a small SQLite file: what is written is there after the process is killed. Thread-safe.</summary>
internal sealed class UsageStore : IDisposable
{
    private readonly SqliteConnection _connection;
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
        }
        catch (SqliteException error)
        {
            _connection.Dispose();
            throw new ArgumentException($"The use of keys cannot be kept in '{path}': {error.Message} Name a file that this program wrote, or a new one.", nameof(path), error);
        }
    }

    public KeyUsage Read(string key, string window)
    {
        lock (_lock)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT requests, tokens, spend FROM usage WHERE key = $key AND window = $window";
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$window", window);
            using var reader = command.ExecuteReader();
            return reader.Read() ? new(reader.GetInt64(0), reader.GetInt64(1), reader.GetDouble(2)) : default;
        }
    }

    public void Add(string key, string window, KeyUsage usage)
    {
        lock (_lock)
        {
            using var command = _connection.CreateCommand();
            command.CommandText =
                """
                INSERT INTO usage VALUES ($key, $window, $requests, $tokens, $spend)
                ON CONFLICT (key, window) DO UPDATE SET requests = requests + $requests, tokens = tokens + $tokens, spend = spend + $spend
                """;
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$window", window);
            command.Parameters.AddWithValue("$requests", usage.Requests);
            command.Parameters.AddWithValue("$tokens", usage.Tokens);
            command.Parameters.AddWithValue("$spend", usage.Spend);
            command.ExecuteNonQuery();
        }
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
