using TorchSharp;
using Vilfredo.Neural.Caches;
using Vilfredo.Neural.Recursion;

namespace Vilfredo.Neural.Transformers;

/// <summary>What a decoder reads in one pass: ids or embeddings, and how its tokens stand to each other and to those read before.</summary>
public sealed record DecoderInput
{
    /// <summary>Token ids, int64 [B, T]. Give either these or <see cref="Embeddings"/>.</summary>
    public torch.Tensor? Ids { get; init; }

    /// <summary>Embedded tokens, [B, T, d], in place of ids.</summary>
    public torch.Tensor? Embeddings { get; init; }

    /// <summary>The position of each token, int64 [B, T]; null means that tokens which are not padding count on from those in the cache.</summary>
    public torch.Tensor? Positions { get; init; }

    /// <summary>Whether each token may be seen, bool [B, T]: false for padding. Null means all.</summary>
    public torch.Tensor? Visible { get; init; }

    /// <summary>Which token sees which, bool, broadcastable to [B, 1, T, S] with S the tokens in the cache and then these; it replaces the causal order, <see cref="Visible"/> and the sliding window. Every token must see at least one.</summary>
    public torch.Tensor? Mask { get; init; }

    /// <summary>Keys and values of the tokens before; those of this pass are added.</summary>
    public KeyValueCache? Cache { get; init; }

    /// <summary>Called with 0 and the embeddings before the first layer, then with l and the residual stream after layer l, [B, T, d]; what it returns goes on. A mixture of recursions shows it after each whole recursion. Parallel streams are rows, streams outermost: [P x B, T, d]. Return the argument to read only.</summary>
    public Func<int, torch.Tensor, torch.Tensor>? Tap { get; init; }

    /// <summary>Whether only the last token's logits are computed, [B, 1, V].</summary>
    public bool LastLogitsOnly { get; init; }

    /// <summary>Whether the modules for tokens further ahead are run too, as in training; needs ids and no cache.</summary>
    public bool PredictsFurther { get; init; }

    /// <summary>How tokens are sent through a mixture of recursions; null means each by its own score, as a model that writes must.</summary>
    public DepthSelection? Depths { get; init; }

    /// <summary>Whether the output says where each mixture of experts, or of recursions, sent its tokens: for balancing losses, <see cref="Experts.BiasBalancer"/> and statistics.</summary>
    public bool KeepsRoutings { get; init; }
}
