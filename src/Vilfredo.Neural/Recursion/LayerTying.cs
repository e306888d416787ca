using TorchSharp;
using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Recursion;

/// <summary>Makes a trained decoder recursive: its weights are the start of fewer layers that are passed several times. What a recursion has of its own, routers, stays as it was initialised.</summary>
public static class LayerTying
{
    private const string Prefix = "model.layers.";

    /// <summary>A recursive decoder with weights of an ordinary one.</summary>
    /// <param name="source">A decoder whose layers are all its own; it stays as it is.</param>
    /// <param name="recursion">The recursion; it divides the source's number of layers.</param>
    /// <param name="start">What shared layers begin as.</param>
    /// <param name="seed">The seed of what the source does not have.</param>
    /// <exception cref="ArgumentException">The source is recursive itself.</exception>
    /// <exception cref="InvalidConfigException">The recursion does not fit the source.</exception>
    public static Decoder Tie(Decoder source, RecursionConfig recursion, SharedLayerStart start = SharedLayerStart.Stepwise, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(recursion);
        if (source.Config.Recursion is { Recursions: > 1 })
            throw new ArgumentException($"The decoder has {source.Config.Recursion.Recursions} recursions already; give one whose layers are all its own.", nameof(source));
        var config = source.Config with { Recursion = recursion };
        var tied = new Decoder(config, seed);
        var sources = Sources(config, start);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var weights = source.state_dict();
        foreach (var (name, tensor) in tied.state_dict())
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                if (weights.TryGetValue(name, out var same))
                    tensor.copy_(same);
                continue;
            }

            var end = name.IndexOf('.', Prefix.Length);
            var stored = int.Parse(name[Prefix.Length..end], System.Globalization.CultureInfo.InvariantCulture);
            // Layers beyond the recursion, which predict further tokens, are moved down.
            int[] from = stored < sources.Count ? [.. sources[stored]] : [stored - sources.Count + config.NumHiddenLayers];
            var parts = from.Select(layer => weights[$"{Prefix}{layer}{name[end..]}"]).ToArray();
            tensor.copy_(parts.Length == 1 ? parts[0] : stack(parts).to(ScalarType.Float64).mean([0]));
        }

        return tied;
    }

    /// <summary>For each stored layer those of the source whose mean it begins as.</summary>
    internal static IReadOnlyList<IReadOnlyList<int>> Sources(DecoderConfig config, SharedLayerStart start)
    {
        config.Validate();
        var plan = LayerPlan.Of(config);
        var shared = plan.BlockLayers * plan.Recursions;
        return [.. Enumerable.Range(0, plan.StoredLayers).Select(stored =>
        {
            int[] uses = [.. plan.Stored.Index().Where(layer => layer.Item == stored).Select(layer => layer.Index)];
            if (uses.Length == 1 || start == SharedLayerStart.Average)
                return uses;
            var place = stored - plan.Before;
            return [plan.Before + start switch
            {
                SharedLayerStart.Lower => place,
                SharedLayerStart.Upper => shared - plan.BlockLayers + place,
                _ => plan.BlockLayers == 1 ? 0 : (int)Math.Round((double)place * (shared - 1) / (plan.BlockLayers - 1), MidpointRounding.ToEven),
            }];
        })];
    }
}
