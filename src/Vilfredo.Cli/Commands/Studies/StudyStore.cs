using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>Opens the file of studies that a command line names, and turns its failures into messages.</summary>
internal static class StudyStore
{
    /// <summary>The file that is used when none is named.</summary>
    public const string DefaultFile = "vilfredo.db";

    /// <summary>The option <c>--storage</c>.</summary>
    public static Option<string> Option() => new("--storage")
    {
        HelpName = "FILE",
        Description = "The file of studies.",
        DefaultValueFactory = _ => DefaultFile,
    };

    /// <summary>The argument that names a study.</summary>
    public static Argument<string> Name() => new("study") { HelpName = "STUDY", Description = "The study's name; 'vilfredo list' shows them." };

    /// <summary>Opens the file, hands it on, and closes it.</summary>
    /// <exception cref="UserErrorException">The file or study is missing or unusable.</exception>
    /// <exception cref="CommandFailedException">The file is locked, or its disk is full or fails.</exception>
    public static T Use<T>(string path, StorageAccess access, Func<SqliteStorage, T> use)
    {
        try
        {
            using var storage = new SqliteStorage(path, access);
            return use(storage);
        }
        catch (StudyStorageException error)
        {
            throw Explain(error);
        }
    }

    /// <summary>Opens a study of the file, hands it on, and closes both.</summary>
    /// <exception cref="UserErrorException">The file or study is missing or unusable.</exception>
    public static T Use<T>(string path, string name, StorageAccess access, Func<Study, T> use) => Use(path, access, storage =>
    {
        using var study = Open(storage, name);
        return use(study);
    });

    /// <summary>Opens a study of an open file; a misspelt name gets a suggestion.</summary>
    /// <exception cref="UserErrorException">There is no such study.</exception>
    public static Study Open(SqliteStorage storage, string name)
    {
        var names = storage.List();
        if (names.Contains(name)) return Study.Open(storage, name);
        throw new UserErrorException(
            $"there is no study '{name}' in {storage.Path}",
            Suggestion.For(name, names) ?? (names.Count == 0 ? "The file holds no studies yet." : $"There are: {string.Join(", ", names)}."));
    }

    /// <summary>The failure of a file as the user's error, or as one that may pass.</summary>
    public static Exception Explain(StudyStorageException error) => error.CanBeRetried
        ? new CommandFailedException(error.Message.TrimEnd('.'), inner: error)
        : new UserErrorException(error.Message.TrimEnd('.'));
}
