using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Streams;

/// <summary>Puts the prefixes of streams before the keys or values of their rows.</summary>
internal static class StreamPrefix
{
    /// <summary>Prefixes, [P, KV, n, hd], before rows, [P x B, KV, S, hd] with the streams outermost: [P x B, KV, n + S, hd].</summary>
    public static Tensor Before(Tensor prefix, Tensor rows)
    {
        using var scope = NewDisposeScope();
        var batch = rows.size(0) / prefix.size(0);
        var expanded = prefix.unsqueeze(1).expand(prefix.size(0), batch, prefix.size(1), prefix.size(2), prefix.size(3)).flatten(0, 1);
        return cat([expanded, rows], 2).MoveToOuterDisposeScope();
    }

    /// <summary>A mask over tokens, bool [B or 1, 1, T, S], as one over prefixes and tokens for all streams: [P x B or 1, 1, T, n + S].</summary>
    public static Tensor Seen(StreamShape shape, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var prefix = ones([mask.size(0), mask.size(1), mask.size(2), shape.PrefixLength], dtype: ScalarType.Bool, device: mask.device);
        var whole = cat([prefix, mask], 3);
        return (whole.size(0) == 1 ? whole : whole.repeat(shape.Count, 1, 1, 1)).MoveToOuterDisposeScope();
    }
}
