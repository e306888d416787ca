using System.Text.Json;
using Vilfredo.Neural.Checkpoints.Safetensors;

namespace Vilfredo.Neural.Checkpoints;

/// <summary>The open files of a checkpoint: one, or the shards that an index names.</summary>
internal sealed class CheckpointFiles : IDisposable
{
    private const string SingleFile = "model.safetensors";
    private const string IndexFile = "model.safetensors.index.json";

    private readonly List<SafetensorsFile> _files = [];

    private CheckpointFiles()
    {
    }

    /// <summary>Every tensor with the file that holds it.</summary>
    public IEnumerable<(SafetensorsFile File, SafetensorsEntry Entry)> Entries => _files.SelectMany(file => file.Header.Entries.Select(entry => (file, entry)));

    public static CheckpointFiles Open(string path)
    {
        var files = new CheckpointFiles();
        try
        {
            foreach (var file in Names(path))
                files._files.Add(SafetensorsFile.Open(file));
            var twice = files.Entries.GroupBy(pair => pair.Entry.Name).FirstOrDefault(group => group.Count() > 1);
            return twice is null ? files : throw new SafetensorsFormatException(path, $"the tensor '{twice.Key}' is in more than one shard");
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private static IEnumerable<string> Names(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        var single = Path.Combine(path, SingleFile);
        var index = Path.Combine(path, IndexFile);
        if (File.Exists(index))
            return Shards(index).Select(name => Path.Combine(path, name));
        return File.Exists(single) ? [single] : throw new FileNotFoundException($"The folder {path} has neither {SingleFile} nor {IndexFile}.", single);
    }

    private static List<string> Shards(string index)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(index));
            var names = json.RootElement.GetProperty("weight_map").EnumerateObject().Select(entry => entry.Value.GetString() ?? "").Distinct().Order(StringComparer.Ordinal).ToList();
            // An index from elsewhere must not lead out of its folder.
            var outside = names.Find(name => name.Length == 0 || name != Path.GetFileName(name) || name is "." or "..");
            return outside is null ? names : throw new SafetensorsFormatException(index, $"the shard '{outside}' is not the name of a file in the same folder");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new SafetensorsFormatException(index, "it must be a JSON object whose \"weight_map\" gives the file of each tensor");
        }
    }
}
