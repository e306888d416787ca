using TorchSharp;
using Vilfredo.Neural.Checkpoints.Safetensors;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Checkpoints;

/// <summary>Saves and loads the parameters and buffers of any module as safetensors files. Nothing else is ever read: no code, no pickled objects.</summary>
public static class Checkpoint
{
    private const int ChunkElements = 1 << 22;

    /// <summary>Writes every parameter and persistent buffer under its name; one that is registered under several names is written once, under the first in ordinal order.</summary>
    /// <param name="module">The module; it stays as it is.</param>
    /// <param name="path">The file; it appears complete or not at all.</param>
    /// <param name="metadata">Free texts for the header, or null.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(nn.Module module, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        Save(module.state_dict(), path, metadata);
    }

    /// <summary>Writes named tensors, such as the state of an optimiser; one that has several names is written once, under the first in ordinal order.</summary>
    /// <param name="tensors">The tensors; they stay as they are.</param>
    /// <param name="path">The file; it appears complete or not at all.</param>
    /// <param name="metadata">Free texts for the header, or null.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(IEnumerable<KeyValuePair<string, Tensor>> tensors, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var written = new HashSet<nint>();
        var items = new List<SafetensorsItem>();
        foreach (var (name, tensor) in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (written.Add(tensor.Handle))
                items.Add(new(name, ElementTypeOf(tensor, name), tensor.shape, stream => Write(tensor, stream)));
        }

        SafetensorsWriter.Write(path, items, metadata);
    }

    /// <summary>Reads parameters and buffers into <paramref name="module"/>, converting their types. Everything is checked before anything changes.</summary>
    /// <param name="module">The module; its tensors are overwritten in place.</param>
    /// <param name="path">A safetensors file, or a folder with <c>model.safetensors</c> or <c>model.safetensors.index.json</c>.</param>
    /// <param name="options">Which differences are allowed; null means none.</param>
    /// <returns>What was loaded, and what differed.</returns>
    /// <exception cref="CheckpointMismatchException">Names or shapes differ in a way that the options do not allow; all differences are listed.</exception>
    /// <exception cref="SafetensorsFormatException">A file breaks a rule of the format.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static LoadReport Load(nn.Module module, string path, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Load((IReadOnlyDictionary<string, Tensor>)module.state_dict(), path, options);
    }

    /// <summary>Reads into named tensors, such as the state of an optimiser, converting their types. Everything is checked before anything changes.</summary>
    /// <param name="targets">The tensors; they are overwritten in place.</param>
    /// <param name="path">A safetensors file, or a folder with <c>model.safetensors</c> or <c>model.safetensors.index.json</c>.</param>
    /// <param name="options">Which differences are allowed; null means none.</param>
    /// <returns>What was loaded, and what differed.</returns>
    /// <exception cref="CheckpointMismatchException">Names or shapes differ in a way that the options do not allow; all differences are listed.</exception>
    /// <exception cref="SafetensorsFormatException">A file breaks a rule of the format.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static LoadReport Load(IReadOnlyDictionary<string, Tensor> targets, string path, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        options ??= new();
        using var files = CheckpointFiles.Open(path);
        var matched = new List<(Tensor Target, SafetensorsFile File, SafetensorsEntry Entry)>();
        var loaded = new List<string>();
        var unexpected = new List<string>();
        var mismatched = new List<string>();
        var filled = new HashSet<nint>();
        foreach (var (file, entry) in files.Entries)
        {
            if (options.Ignores(entry.Name))
                continue;
            var name = targets.ContainsKey(entry.Name) ? entry.Name : options.Prefix + entry.Name;
            if (!targets.TryGetValue(name, out var target))
            {
                unexpected.Add(entry.Name);
            }
            else if (!target.shape.SequenceEqual(entry.Shape))
            {
                mismatched.Add($"{name}: {entry.ShapeText} in the file, [{string.Join(", ", target.shape)}] in the model");
                filled.Add(target.Handle);
            }
            else if (ScalarTypeOf(entry.Type) is null)
            {
                mismatched.Add($"{name}: elements of type {entry.Type.Name()}, which cannot be loaded");
                filled.Add(target.Handle);
            }
            else
            {
                matched.Add((target, file, entry));
                loaded.Add(name);
                filled.Add(target.Handle);
            }
        }

        var missing = targets.Where(pair => !filled.Contains(pair.Value.Handle)).Select(pair => pair.Key).ToList();
        var report = new LoadReport(loaded, missing, unexpected, mismatched);
        if (mismatched.Count > 0 || (options.Strict && (missing.Count > 0 || unexpected.Count > 0)))
            throw new CheckpointMismatchException(path, report);
        foreach (var (target, file, entry) in matched)
            Read(target, file, entry);
        return report;
    }

    internal static ScalarType? ScalarTypeOf(ElementType type) => type switch
    {
        ElementType.Boolean => ScalarType.Bool,
        ElementType.UInt8 => ScalarType.Byte,
        ElementType.Int8 => ScalarType.Int8,
        ElementType.Int16 => ScalarType.Int16,
        ElementType.Int32 => ScalarType.Int32,
        ElementType.Int64 => ScalarType.Int64,
        ElementType.Float16 => ScalarType.Float16,
        ElementType.BFloat16 => ScalarType.BFloat16,
        ElementType.Float32 => ScalarType.Float32,
        ElementType.Float64 => ScalarType.Float64,
        _ => null,
    };

    private static ElementType ElementTypeOf(Tensor tensor, string name) =>
        Enum.GetValues<ElementType>().Where(type => ScalarTypeOf(type) == tensor.dtype).Select(type => (ElementType?)type).FirstOrDefault()
        ?? throw new NotSupportedException($"The tensor '{name}' has elements of type {tensor.dtype}, which a safetensors file cannot hold.");

    private static void Write(Tensor tensor, Stream stream)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var flat = tensor.detach().cpu().contiguous().view(-1);
        for (var start = 0L; start < flat.numel(); start += ChunkElements)
        {
            using var chunk = flat.narrow(0, start, Math.Min(ChunkElements, flat.numel() - start));
            stream.Write(chunk.bytes);
        }
    }

    private static void Read(Tensor target, SafetensorsFile file, SafetensorsEntry entry)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var type = ScalarTypeOf(entry.Type)!.Value;
        // Straight into the parameter where its memory looks like the file's; else through a piece of memory of bounded size.
        var direct = target.dtype == type && target.device_type == DeviceType.CPU && target.is_contiguous();
        var flat = target.is_contiguous() ? target.detach().view(-1) : empty(target.numel(), dtype: target.dtype, device: target.device);
        using var staging = direct ? null : empty(Math.Min(ChunkElements, flat.numel()), dtype: type);
        for (var start = 0L; start < flat.numel(); start += ChunkElements)
        {
            var length = Math.Min(ChunkElements, flat.numel() - start);
            using var place = flat.narrow(0, start, length);
            using var source = staging?.narrow(0, 0, length);
            file.Read(entry, start * entry.Type.Width(), (source ?? place).bytes);
            if (source is not null)
                place.copy_(source);
        }

        if (!target.is_contiguous())
            target.detach().copy_(flat.view(target.shape));
    }
}
