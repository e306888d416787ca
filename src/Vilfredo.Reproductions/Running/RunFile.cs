using System.Text;
using System.Text.Json;

namespace Vilfredo.Reproductions;

/// <summary>
/// The finished units of a run as JSON lines: one line that names the run, then one per unit, on disk before the next unit
/// counts. A run that was killed goes on where it was.
/// </summary>
/// <remarks>
/// A torn last line, which a crash can leave, is cut off. A file of another run (other units, another revision or build of the
/// library) is moved aside to <c>NAME.old</c>, never overwritten in place. One process at a time has a file open.
/// </remarks>
public sealed class RunFile : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream stream;
    private readonly List<UnitResult> finished = [];

    private RunFile(FileStream stream) => this.stream = stream;

    /// <summary>The units that were finished before.</summary>
    public IReadOnlyList<UnitResult> Finished => finished;

    /// <summary>Opens the file of a run, or begins it.</summary>
    /// <param name="path">The file; missing folders are made.</param>
    /// <param name="settings">What identifies the run; results of other settings are not mixed in.</param>
    /// <exception cref="IOException">The file cannot be opened; another process may be running the study.</exception>
    /// <exception cref="InvalidDataException">A line other than the last one is damaged.</exception>
    public static RunFile Open(string path, string settings)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentException.ThrowIfNullOrWhiteSpace(settings);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var file = new RunFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        try
        {
            if (file.Load(path, settings)) return file;
            file.Dispose();
            File.Move(path, path + ".old", overwrite: true);
            file = new RunFile(new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read));
            file.WriteLine(new Header(settings));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a finished unit; it is on disk when this returns. Thread-safe.</summary>
    public void Append(UnitResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        lock (gate) WriteLine(new Line(result.Unit.Method, result.Unit.Setting, result.Unit.Seed, result.Seconds, result.Values));
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private sealed record Header(string Settings);

    private sealed record Line(string Method, string Setting, int Seed, double Seconds, IReadOnlyDictionary<string, double> Values);

    // False when the file is of another run.
    private bool Load(string path, string settings)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var complete = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        stream.SetLength(complete);
        stream.Position = complete;
        var lines = Encoding.UTF8.GetString(bytes, 0, complete).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
        {
            WriteLine(new Header(settings));
            return true;
        }

        try
        {
            if (JsonSerializer.Deserialize<Header>(lines[0])?.Settings != settings) return false;
            foreach (var text in lines.Skip(1))
            {
                var line = JsonSerializer.Deserialize<Line>(text)!;
                finished.Add(new UnitResult(new RunUnit(line.Method, line.Setting, line.Seed), line.Values, line.Seconds));
            }

            return true;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is damaged: {error.Message} Move it away to begin the run anew.", error);
        }
    }

    private void WriteLine<T>(T value)
    {
        stream.Write([.. JsonSerializer.SerializeToUtf8Bytes(value), (byte)'\n']);
        stream.Flush(flushToDisk: true);
    }
}
