using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Data;

/// <summary>Sources with the target that should be written for each, rows of different lengths filled up at their ends.</summary>
public sealed class SequencePairBatch
{
    private readonly long[] _sources;
    private readonly bool[] _visible;
    private readonly long[] _targets;

    /// <summary>A batch of B pairs.</summary>
    /// <param name="pairs">Ids of sources and targets, at least one each; an end mark is part of the target.</param>
    /// <param name="padding">The id that fills up.</param>
    /// <exception cref="ArgumentException">There is no pair, or one side of it is empty.</exception>
    public SequencePairBatch(IReadOnlyList<(IReadOnlyList<int> Source, IReadOnlyList<int> Target)> pairs, int padding = 0)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0 || pairs.Any(pair => pair.Source.Count == 0 || pair.Target.Count == 0))
            throw new ArgumentException("A batch needs at least one pair, and each pair a token in its source and in its target.", nameof(pairs));
        Rows = pairs.Count;
        var (source, target) = (pairs.Max(pair => pair.Source.Count), pairs.Max(pair => pair.Target.Count));
        (_sources, _visible, _targets) = (new long[Rows * source], new bool[Rows * source], new long[Rows * target]);
        Array.Fill(_sources, padding);
        Array.Fill(_targets, TokenBatch.Unscored);
        foreach (var (row, pair) in pairs.Index())
        {
            for (var i = 0; i < pair.Source.Count; i++)
                (_sources[row * source + i], _visible[row * source + i]) = (pair.Source[i], true);
            for (var i = 0; i < pair.Target.Count; i++)
                _targets[row * target + i] = pair.Target[i];
        }

        ScoredTokens = pairs.Sum(pair => (long)pair.Target.Count);
    }

    /// <summary>The number of pairs, B.</summary>
    public int Rows { get; }

    /// <summary>The tokens of the longest source, S.</summary>
    public int SourceLength => _sources.Length / Rows;

    /// <summary>The tokens of the longest target, T.</summary>
    public int TargetLength => _targets.Length / Rows;

    /// <summary>The tokens of all targets.</summary>
    public long ScoredTokens { get; }

    /// <summary>Whether any source is filled up.</summary>
    public bool HasPadding => _visible.Contains(false);

    /// <summary>The sources as a new tensor, int64 [B, S].</summary>
    public Tensor SourceTensor() => tensor(_sources, [Rows, SourceLength]);

    /// <summary>Which tokens of the sources are no filling, as a new tensor, bool [B, S].</summary>
    public Tensor VisibleTensor() => tensor(_visible, [Rows, SourceLength]);

    /// <summary>The targets as a new tensor, int64 [B, T], <see cref="TokenBatch.Unscored"/> where a row has ended.</summary>
    public Tensor TargetTensor() => tensor(_targets, [Rows, TargetLength]);

    /// <summary>What a decoder reads to write the targets, as a new tensor, int64 [B, T]: the start mark and all but the last token of each.</summary>
    /// <param name="start">The id of the start mark; it also fills up.</param>
    public Tensor DecoderTensor(int start)
    {
        var read = new long[_targets.Length];
        for (var i = 0; i < read.Length; i++)
            read[i] = i % TargetLength == 0 || _targets[i - 1] == TokenBatch.Unscored ? start : _targets[i - 1];
        return tensor(read, [Rows, TargetLength]);
    }
}
