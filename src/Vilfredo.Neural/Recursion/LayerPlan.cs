using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Recursion;

/// <summary>Which stored layer each of the layers is that a token passes through, and where its keys and values are cached.</summary>
public sealed record LayerPlan
{
    private LayerPlan()
    {
    }

    /// <summary>The stored layer of each layer that is passed, L numbers.</summary>
    public required IReadOnlyList<int> Stored { get; init; }

    /// <summary>How many layers have weights of their own.</summary>
    public required int StoredLayers { get; init; }

    /// <summary>The cache of each layer that is passed, L numbers.</summary>
    public required IReadOnlyList<int> Cached { get; init; }

    /// <summary>How many layers a cache has.</summary>
    public required int CachedLayers { get; init; }

    /// <summary>For each layer of the cache the recursion whose tokens it holds, from 0; null for those of all tokens.</summary>
    public IReadOnlyList<int?> CachedDepths => [.. Enumerable.Range(0, CachedLayers).Select(cached => RecursionOf(Cached.Index().First(layer => layer.Item == cached).Index))];

    /// <summary>The layers before the first that is shared: 0 or 1. There are as many after the last one.</summary>
    public required int Before { get; init; }

    /// <summary>The layers of one recursion; in a sequence, those that are each passed in a row.</summary>
    public required int BlockLayers { get; init; }

    /// <summary>How often they are passed, R.</summary>
    public required int Recursions { get; init; }

    /// <summary>The plan of a configuration that has been checked.</summary>
    public static LayerPlan Of(DecoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var layers = Enumerable.Range(0, config.NumHiddenLayers).ToArray();
        if (config.Recursion is not { } recursion)
            return new() { Stored = layers, StoredLayers = layers.Length, Cached = layers, CachedLayers = layers.Length, Before = 0, BlockLayers = layers.Length, Recursions = 1 };
        var before = recursion.Sharing is LayerSharing.MiddleCycle or LayerSharing.MiddleSequence or LayerSharing.Separate ? 1 : 0;
        var block = (layers.Length - 2 * before) / recursion.Recursions;
        var cycles = recursion.Sharing is LayerSharing.Cycle or LayerSharing.MiddleCycle;
        var separate = recursion.Sharing == LayerSharing.Separate;
        int[] stored = [.. layers.Select(layer => separate || layer < before ? layer
            : layer >= layers.Length - before ? before + block
            : before + (cycles ? (layer - before) % block : (layer - before) / recursion.Recursions))];
        var count = separate ? layers.Length : block + 2 * before;
        var shares = recursion.KeyValues == KeyValueSharing.Shared;
        return new()
        {
            Stored = stored,
            StoredLayers = count,
            Cached = shares ? stored : layers,
            CachedLayers = shares ? count : layers.Length,
            Before = before,
            BlockLayers = block,
            Recursions = recursion.Recursions,
        };
    }

    /// <summary>The first of the layers that are passed which is a stored layer.</summary>
    public int FirstUse(int stored) => Stored.Index().First(layer => layer.Item == stored).Index;

    /// <summary>The recursion of a layer that is passed, from 0; null for those before and after.</summary>
    public int? RecursionOf(int layer) =>
        layer < Before || layer >= Before + BlockLayers * Recursions ? null : (layer - Before) / BlockLayers;
}
