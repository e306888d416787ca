using TorchSharp;
using Vilfredo.Neural.Attention;
using Vilfredo.Neural.Caches;
using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Recursion;

/// <summary>Passes the shared block with those tokens of each row that take a recursion, at their own positions: they see each other, or what the first recursion made of all.</summary>
internal sealed class RoutedRecursion : IDisposable
{
    private readonly DecoderConfig _config;
    private readonly LayerPlan _plan;
    private readonly DecoderLayer[] _layers;
    private readonly ForwardPass _pass;
    private readonly SharedKeyValues[]? _shared;
    private Tensor? _ranks; // int64 [B, T], the place of each token among those of the first recursion

    public RoutedRecursion(DecoderConfig config, LayerPlan plan, DecoderLayer[] layers, ForwardPass pass)
    {
        (_config, _plan, _layers, _pass) = (config, plan, layers, pass);
        Selection = pass.Input.Depths ?? new();
        Selection.Validate();
        if (pass.Input.Mask is not null)
            throw new ArgumentException("A mask of the caller's cannot be used where tokens take different numbers of recursions; give what is padding as Visible.");
        if (Selection.ByCapacity && pass.Cache is not null)
            throw new ArgumentException("Tokens cannot be picked by capacity with a cache: the best of a sequence are known only at its end. Leave ByCapacity out, so that each token goes on by its own score.");
        if (config.Recursion!.KeyValues == KeyValueSharing.Shared)
            _shared = [.. Enumerable.Range(0, plan.BlockLayers).Select(_ => new SharedKeyValues())];
        Tokens = PackedTokens.Of(pass.Visible);
    }

    public DepthRoutingConfig Routing => _config.Recursion!.Routing!;

    public DepthSelection Selection { get; }

    /// <summary>The tokens that are no padding.</summary>
    public PackedTokens Tokens { get; }

    /// <summary>Which those are, bool [B, T].</summary>
    public Tensor Visible => _pass.Visible;

    /// <summary>How many recursions there are.</summary>
    public int Recursions => _plan.Recursions;

    /// <summary>How many a token may take in this pass.</summary>
    public int Deepest => Math.Min(Recursions, Selection.MaximumDepth ?? Recursions);

    /// <summary>The states of some tokens, [B, K, d], after the layers of one recursion.</summary>
    /// <param name="recursion">Which, from 0; in order.</param>
    /// <param name="tokens">The tokens, at least one in some row; from the second recursion on, tokens of the one before.</param>
    /// <param name="states">Their states.</param>
    public Tensor Block(int recursion, PackedTokens tokens, Tensor states)
    {
        using var own = tokens.IsWhole ? null : RotaryAngles.At(tokens.Gather(_pass.Positions), _config.RotaryDimensions, _config.RopeTheta, states.dtype);
        var mask = Mask(recursion, tokens);
        for (var place = 0; place < _plan.BlockLayers; place++)
        {
            var layer = _plan.Before + recursion * _plan.BlockLayers + place;
            var attention = new AttentionContext(own ?? _pass.Rotary, mask, _pass.Cache?.Layers[_plan.Cached[layer]], _shared?[place]);
            states = _layers[_plan.Stored[layer]].forward(states, new(attention));
        }

        return states;
    }

    /// <summary>Shows the states of all tokens after a recursion to the caller.</summary>
    public Tensor Tap(int recursion, Tensor states) => _pass.Tap(_plan.Before + (recursion + 1) * _plan.BlockLayers, states);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var layer in _shared ?? [])
            layer.Dispose();
    }

    /// <summary>Which keys each of the tokens sees, bool [B, 1, K, S]; null for the causal order among themselves. Notes the tokens in the cache.</summary>
    private Tensor? Mask(int recursion, PackedTokens tokens)
    {
        var rows = _pass.Cache?.Depths[_shared is null ? recursion : 0];
        if (_shared is null || recursion == 0)
        {
            rows?.Extend(InSequence(tokens), tokens.Counts);
            if (_shared is not null)
                _ranks = Ranks(tokens, rows);
            return rows is null ? null : Causal(rows.Places(tokens.Width), rows.Longest);
        }

        return Causal(tokens.Gather(_ranks!), rows?.Longest ?? _shared[0].Keys!.size(2));
    }

    /// <summary>The places of tokens in their whole sequences.</summary>
    private Tensor InSequence(PackedTokens tokens)
    {
        using Scalar past = _pass.Past, one = 1; // held: see ScalarOperations
        return tokens.Index.add(past, one);
    }

    private Tensor Ranks(PackedTokens tokens, DepthRows? rows)
    {
        using Scalar end = tokens.Width; // held: see ScalarOperations
        var places = rows?.Places(tokens.Width) ?? arange(end, device: tokens.Index.device).unsqueeze(0).expand(tokens.Index.shape);
        return zeros_like(_pass.Positions).scatter(1, tokens.Index, places);
    }

    private static Tensor Causal(Tensor places, long keys)
    {
        using Scalar end = keys; // held: see ScalarOperations
        return (arange(end, device: places.device).view(1, 1, -1) <= places.unsqueeze(-1)).unsqueeze(1);
    }
}
