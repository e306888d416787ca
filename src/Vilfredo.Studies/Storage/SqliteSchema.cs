using Microsoft.Data.Sqlite;

namespace Vilfredo.Studies;

/// <summary>The tables of a study file and the steps from one version of them to the next.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks the file as ours ('VLFD'), in SQLite's application_id.</summary>
    public const int ApplicationId = 0x564C4644;

    /// <summary>Step i brings a file of version i to version i + 1, each in a transaction of its own.</summary>
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE studies (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            created INTEGER NOT NULL -- UTC ticks of 100 ns since year 1
        );
        CREATE TABLE events (
            study INTEGER NOT NULL REFERENCES studies (id),
            position INTEGER NOT NULL, -- 1 for the first
            time INTEGER NOT NULL, -- UTC ticks
            kind TEXT NOT NULL,
            payload TEXT NOT NULL, -- JSON
            PRIMARY KEY (study, position)
        ) WITHOUT ROWID;
        """,
        // People look into the file with their own tools: this is the table they look for.
        """
        CREATE VIEW results AS
        SELECT studies.name AS study,
               json_extract(told.payload, '$.trial') AS trial,
               json_extract(told.payload, '$.attempt') AS attempt,
               json_extract(told.payload, '$.outcome') AS outcome,
               COALESCE(json_extract(told.payload, '$.chosen'), json_extract(started.payload, '$.knobs')) AS knobs,
               json_extract(told.payload, '$.values') AS "values",
               json_extract(told.payload, '$.reason') AS reason
        FROM events told
        JOIN studies ON studies.id = told.study
        JOIN events started ON started.study = told.study AND started.kind = 'started'
             AND json_extract(started.payload, '$.trial') = json_extract(told.payload, '$.trial')
        WHERE told.kind = 'told';
        """,
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Checks that the file is ours and brings it to the current version where that is allowed.</summary>
    public static void Prepare(SqliteConnection connection, string path, StorageAccess access)
    {
        var version = (int)Scalar(connection, "PRAGMA user_version");
        var application = (int)Scalar(connection, "PRAGMA application_id");
        var isEmpty = Scalar(connection, "SELECT COUNT(*) FROM sqlite_schema") == 0;
        if (!isEmpty && application != ApplicationId)
            throw new StudyStorageException($"{path} is an SQLite database of another program and was left as it is; name another file with --storage.");
        if (version > Version)
            throw new StudyStorageException($"{path} has version {version}, but this program knows versions up to {Version}; use a newer Vilfredo. The file was left as it is.");
        if (access == StorageAccess.Read)
        {
            if (version < Version)
                throw new StudyStorageException($"{path} has version {version} and needs to be brought to version {Version}; open it once for writing, for example with 'resume'.");
            return;
        }

        if (version < Version) Migrate(connection, Version);
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    }

    /// <summary>Runs the steps up to a version; two programs that do so at once take turns.</summary>
    internal static void Migrate(SqliteConnection connection, int target)
    {
        while (true)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            var version = (int)Scalar(connection, "PRAGMA user_version", transaction);
            if (version >= target) return;
            Execute(connection, Migrations[version], transaction);
            Execute(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {version + 1}", transaction);
            transaction.Commit();
        }
    }

    private static long Scalar(SqliteConnection connection, string text, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        return Convert.ToInt64(command.ExecuteScalar());
    }

    private static void Execute(SqliteConnection connection, string text, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }
}
