using Vilfredo.Neural.Checkpoints.Safetensors;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Cli.Commands.Models;

/// <summary>The headers of a checkpoint and, where it is a model's folder, the configuration.</summary>
/// <param name="Path">What was named.</param>
/// <param name="Files">The number of safetensors files.</param>
/// <param name="Tensors">All tensors, by name.</param>
/// <param name="Config">The configuration; null for a file.</param>
internal sealed record Inspected(string Path, int Files, IReadOnlyList<SafetensorsEntry> Tensors, DecoderConfig? Config)
{
    /// <summary>The numbers in all tensors.</summary>
    public long Elements => Tensors.Sum(entry => entry.ElementCount);

    /// <summary>The bytes of all tensors.</summary>
    public long Bytes => Tensors.Sum(entry => entry.ByteCount);

    /// <summary>The types of elements, such as <c>F32</c>.</summary>
    public string Types => string.Join(", ", Tensors.Select(entry => entry.Type.Name()).Distinct().Order(StringComparer.Ordinal));

    /// <summary>Reads a file, or a folder.</summary>
    public static Inspected Of(string path)
    {
        var isFolder = Directory.Exists(path);
        var files = isFolder ? Directory.GetFiles(path, "*.safetensors").Order(StringComparer.Ordinal).ToArray() : [path];
        if (files.Length == 0)
            throw new FileNotFoundException("the folder has no safetensors file");
        var tensors = files.SelectMany(file => SafetensorsHeader.Read(file).Entries).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        var config = System.IO.Path.Combine(path, DecoderCheckpoint.ConfigFile);
        return new(path, files.Length, tensors, isFolder && File.Exists(config) ? DecoderConfig.Parse(File.ReadAllText(config)) : null);
    }
}
