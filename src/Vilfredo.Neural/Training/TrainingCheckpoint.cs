using System.Text.Json;
using System.Text.Json.Serialization;
using Vilfredo.Neural.Checkpoints;
using Vilfredo.Neural.Checkpoints.Safetensors;
using Vilfredo.Neural.Training.Optimizers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training;

/// <summary>A training in one file: weights, state of the optimiser and counts, so that they are always of the same step.</summary>
internal static class TrainingCheckpoint
{
    public const string FileName = "training.safetensors";

    private const string Key = "vilfredo.training";

    /// <summary>What a training knows beside its tensors.</summary>
    public sealed record Counts
    {
        public required long Step { get; init; }

        public required double Tokens { get; init; }

        public required long Skipped { get; init; }

        public required int SkippedInARow { get; init; }

        /// <summary>The loss since the last record, which the next one averages.</summary>
        public required double LossSum { get; init; }

        public required long LossCount { get; init; }

        public required CostVector Cost { get; init; }

        [JsonRequired]
        public required string Fingerprint { get; init; }
    }

    public static void Save(string folder, nn.Module module, IOptimizer optimizer, Counts counts)
    {
        using var scope = NewDisposeScope();
        Checkpoint.Save(Tensors(module, optimizer), Path.Combine(folder, FileName), new Dictionary<string, string>(StringComparer.Ordinal) { [Key] = JsonSerializer.Serialize(counts) });
    }

    /// <summary>Reads the checkpoint of a folder into module and optimiser; null when there is none.</summary>
    public static Counts? Load(string folder, nn.Module module, IOptimizer optimizer, string fingerprint)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        var counts = ReadCounts(path);
        if (counts.Fingerprint != fingerprint)
            throw new TrainingMismatchException(path, counts.Fingerprint, fingerprint);
        using var scope = NewDisposeScope();
        Checkpoint.Load(Tensors(module, optimizer), path, new LoadOptions { Prefix = "", IgnoredSuffixes = [] });
        return counts;
    }

    private static Counts ReadCounts(string path)
    {
        try
        {
            if (SafetensorsHeader.Read(path).Metadata.TryGetValue(Key, out var json) && JsonSerializer.Deserialize<Counts>(json) is { } counts)
                return counts;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is no checkpoint of a training: its counts cannot be read.", error);
        }

        throw new InvalidDataException($"{path} is no checkpoint of a training: it has tensors but no counts.");
    }

    private static Dictionary<string, Tensor> Tensors(nn.Module module, IOptimizer optimizer)
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, tensor) in module.state_dict())
            tensors.Add($"module.{name}", tensor);
        foreach (var (name, tensor) in optimizer.State)
            tensors.Add($"optimizer.{name}", tensor);
        return tensors;
    }
}
