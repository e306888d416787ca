using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;

namespace Vilfredo.Cli.Tests.Studies;

/// <summary>Study files that cannot be used: the message says why, and the file stays as it was.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StorageFaultTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void A_missing_file_is_named() => cli.Run("list").Refused("There is no study file");

    [Fact]
    public void A_directory_is_no_file_of_studies() => cli.Run("list", "--storage", ".").Refused($"{cli.Directory} is a directory");

    [Fact]
    public void A_file_of_another_kind_is_left_as_it_was()
    {
        cli.With("notes.txt", "these are notes, and they are long enough to be a header of a database file");
        var before = File.ReadAllBytes(Path.Combine(cli.Directory, "notes.txt"));
        cli.With("study.yaml", StudyFiles.Printing());
        cli.Run("optimize", "study.yaml", "--storage", "notes.txt").Refused($"{cli.Directory}/notes.txt is not a study file");
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(cli.Directory, "notes.txt")));
    }

    [Fact]
    public void A_damaged_file_is_left_as_it_was()
    {
        cli.WithResults("one", [.. Enumerable.Range(0, 200).Select(i => new double[] { i, i })]);
        var path = Path.Combine(cli.Directory, StudyFiles.Storage);
        var bytes = File.ReadAllBytes(path);
        Array.Fill(bytes, (byte)0xAA, 4096, bytes.Length - 4096);
        File.WriteAllBytes(path, bytes);
        var result = cli.Run("show", "one").Refused($"{path} is damaged and was left as it is");
        Assert.Equal("", result.Output);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_locked_file_is_a_failure_that_may_pass()
    {
        cli.WithResults("tiny", [1, 2]);
        using var connection = new SqliteConnection($"Data Source={Path.Combine(cli.Directory, StudyFiles.Storage)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        command.ExecuteNonQuery();
        var result = cli.Run("resume", "tiny", "--budget", "2", "--no-report");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is locked by another program", result.Error, StringComparison.Ordinal);
        command.CommandText = "ROLLBACK";
        command.ExecuteNonQuery();
        Assert.Equal(1, cli.Read("tiny", s => s.Trials.Count));
    }

    [Fact]
    public void A_file_that_may_not_be_written_is_left_as_it_was_and_can_be_read()
    {
        cli.WithResults("tiny", [1, 2]);
        var path = Path.Combine(cli.Directory, StudyFiles.Storage);
        var before = File.ReadAllBytes(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(cli.Directory, Enter | UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        try
        {
            RunWithoutRights("resume", "tiny", "--budget", "2", "--no-report").Refused($"{path} cannot be written");
            Assert.Equal(1, RunWithoutRights("list", "--json").Succeeded().Json[0].GetProperty("finished").GetInt32());
        }
        finally
        {
            File.SetUnixFileMode(cli.Directory, Enter | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(1, cli.Read("tiny", s => s.Trials.Count));
    }

    // The superuser may write every file, so its commands run as nobody here.
    private Cli.Result RunWithoutRights(params string[] arguments)
    {
        if (Environment.UserName != "root") return cli.Run(arguments);
        string[] asNobody = ["setpriv", "--reuid=65534", "--clear-groups", "env", "HOME=/tmp"];
        Assert.SkipUnless(Start([.. asNobody, "dotnet", Cli.Program, "--version"]).ExitCode == 0, "nobody may not run the command here");
        return Start([.. asNobody, "dotnet", Cli.Program, .. arguments]);
    }

    private Cli.Result Start(string[] command) =>
        Cli.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = cli.Directory });
}
