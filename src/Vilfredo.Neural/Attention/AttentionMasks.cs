using TorchSharp;
using Vilfredo.Neural.Caches;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Streams;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Attention;

/// <summary>Which token sees which in one pass, made once for each width of the sliding window that the layers use.</summary>
internal sealed class AttentionMasks(DecoderInput input, Tensor positions, Tensor visible, int past, StreamShape? streams = null, bool causal = true)
{
    private readonly Dictionary<int, Tensor?> _made = [];

    /// <summary>The positions of new tokens: those that are not padding count on from the last one in the cache; padding before the first token stands at 0.</summary>
    public static Tensor Positions(Tensor visible, KeyValueCache? cache)
    {
        using var scope = NewDisposeScope();
        using Scalar zero = 0, one = 1; // held: see ScalarOperations
        var counted = visible.to(ScalarType.Int64).cumsum(1);
        if (cache?.Visible is { } before)
            counted = counted.Plus(cache.Positions!.add(one, one).mul(before.to(ScalarType.Int64)).amax([1], keepdim: true));
        return counted.sub_(one).clamp_min_(zero).MoveToOuterDisposeScope();
    }

    /// <summary>The mask of a layer, bool [B or 1, 1, T, S]; null where the causal order of the pass is all there is.</summary>
    /// <param name="window">How many tokens back a query sees, itself included; null means all.</param>
    public Tensor? For(int? window)
    {
        if (input.Mask is { } given && streams is null)
            return given;
        if (!_made.TryGetValue(window ?? 0, out var mask))
            _made[window ?? 0] = mask = streams is null ? Make(window) : StreamPrefix.Seen(streams, input.Mask ?? Make(window)!);
        return mask;
    }

    private Tensor? Make(int? window)
    {
        var length = positions.size(1);
        var padded = input.Cache?.Visible ?? input.Visible;
        if (causal && window is null && past == 0 && input.Visible is null && streams is null)
            return null;

        // Slots are in causal order whatever the positions are; the window is measured in positions.
        using Scalar all = past + length;
        var slots = arange(all, device: positions.device);
        var mask = causal
            ? slots.unsqueeze(0) <= slots.narrow(0, past, length).unsqueeze(1) // (T, S)
            : ones([length, past + length], dtype: ScalarType.Bool, device: positions.device);
        mask = mask.unsqueeze(0).unsqueeze(0);
        if (padded is not null)
            mask = mask.logical_and((input.Cache?.Visible ?? visible).unsqueeze(1).unsqueeze(1)); // (B, 1, T, S)
        if (window is not null)
        {
            var keys = input.Cache?.Positions ?? positions;
            using Scalar width = window.Value;
            var distances = positions.unsqueeze(-1).sub(keys.unsqueeze(1)).unsqueeze(1);
            mask = mask.logical_and((causal ? distances : distances.abs()).lt(width));
        }

        // A query that sees nothing would be a division of zero by zero: padding sees itself.
        return mask.logical_or(slots.unsqueeze(0).eq(slots.narrow(0, past, length).unsqueeze(1)));
    }
}
