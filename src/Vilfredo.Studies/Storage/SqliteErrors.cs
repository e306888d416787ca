using Microsoft.Data.Sqlite;

namespace Vilfredo.Studies;

/// <summary>SQLite's result codes in words that say what to do.</summary>
internal static class SqliteErrors
{
    /// <summary>SQLITE_CONSTRAINT_PRIMARYKEY: the position is taken.</summary>
    public const int PrimaryKeyExists = 1555;

    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;
    private const int ForeignKeyMissing = 787;

    /// <summary>Whether the same request may succeed later.</summary>
    public static bool CanBeRetried(SqliteException error) => error.SqliteErrorCode is Busy or Locked or IoError or Full;

    /// <summary>Whether the file, or one that belongs beside it, may not be written.</summary>
    public static bool IsUnwritable(SqliteException error) => error.SqliteErrorCode is ReadOnly or CannotOpen;

    /// <summary>What went wrong with a file, and the mend.</summary>
    public static string Explain(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        Busy or Locked => $"{path} is locked by another program; wait for it, or end it, and try again. Nothing was lost.",
        ReadOnly => $"{path} cannot be written (read-only file, directory or disk); make it writable, or name another with --storage.",
        IoError => $"Reading or writing {path} failed ({error.Message}); check the disk. The file is as it was after the last recorded event.",
        Corrupt => $"{path} is damaged and was left as it is; restore it from a copy, or recover it with 'sqlite3 {path} .recover'.",
        Full => $"The disk that holds {path} is full; make room and resume. Nothing recorded was lost.",
        CannotOpen => $"{path} cannot be opened; check that its directory exists and that you may read and write it.",
        NotADatabase => $"{path} is not a study file (not an SQLite database) and was left as it is; name another with --storage.",
        _ when error.SqliteExtendedErrorCode == ForeignKeyMissing => $"The study was deleted from {path} by another program; nothing was written.",
        _ => $"{path}: {error.Message}",
    };
}
