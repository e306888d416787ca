using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Data;

/// <summary>Rows of token ids, with the token that should follow each.</summary>
/// <remarks>Rows that are shorter are filled up at their end, where the causal order keeps the filling from every token that is scored.</remarks>
public sealed class TokenBatch
{
    /// <summary>The target of a token after which nothing is scored.</summary>
    public const long Unscored = -100;

    private readonly long[] _inputs;
    private readonly long[] _targets;

    /// <summary>A batch of B rows of T tokens.</summary>
    /// <param name="inputs">The ids that are read, row by row, B x T.</param>
    /// <param name="targets">The ids that should follow, or <see cref="Unscored"/>, B x T.</param>
    /// <param name="rows">B, at least 1.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, or there is no token.</exception>
    public TokenBatch(long[] inputs, long[] targets, int rows)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (inputs.Length == 0 || inputs.Length % rows != 0 || targets.Length != inputs.Length)
            throw new ArgumentException($"{rows} rows of equal length are wanted; there are {inputs.Length} inputs and {targets.Length} targets.", nameof(inputs));
        (_inputs, _targets, Rows) = (inputs, targets, rows);
        ScoredTokens = targets.LongCount(target => target != Unscored);
    }

    /// <summary>The number of rows, B.</summary>
    public int Rows { get; }

    /// <summary>The tokens of a row, T.</summary>
    public int Length => _inputs.Length / Rows;

    /// <summary>All tokens that are read, filling included: B x T.</summary>
    public long Tokens => _inputs.Length;

    /// <summary>The tokens whose successor is scored.</summary>
    public long ScoredTokens { get; }

    /// <summary>The ids that are read, row by row.</summary>
    public ReadOnlySpan<long> Inputs => _inputs;

    /// <summary>The ids that should follow, row by row.</summary>
    public ReadOnlySpan<long> Targets => _targets;

    /// <summary>How many tokens of each row lie before or at its last scored one; what follows is filling, or might as well be.</summary>
    public IEnumerable<int> Lengths => Enumerable.Range(0, Rows).Select(row => 1 + Array.FindLastIndex(_targets, (row + 1) * Length - 1, Length, target => target != Unscored) is var end and > 0 ? end - row * Length : 0);

    /// <summary>Which tokens those are as a new tensor, bool [B, T].</summary>
    public Tensor VisibleTensor() => tensor([.. Lengths.SelectMany(length => Enumerable.Range(0, Length).Select(token => token < length))], [Rows, Length]);

    /// <summary>The inputs as a new tensor, int64 [B, T].</summary>
    public Tensor InputTensor() => tensor(_inputs, [Rows, Length]);

    /// <summary>The targets as a new tensor, int64 [B, T].</summary>
    public Tensor TargetTensor() => tensor(_targets, [Rows, Length]);

    /// <summary>The batch in groups of consecutive rows of about the same number.</summary>
    /// <param name="tokens">The tokens that a group has at most, if not a single row has more. At least 1.</param>
    /// <param name="multiple">The number of groups is a multiple of this, where there are rows enough: the number of workers. At least 1.</param>
    public IReadOnlyList<TokenBatch> Shards(long tokens, int multiple = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(multiple, 1);
        var rows = Math.Max(1, tokens / Length);
        var wanted = (Rows + rows - 1) / rows;
        var count = (int)Math.Min(Rows, (wanted + multiple - 1) / multiple * multiple);
        if (count == 1)
            return [this];
        return [.. Enumerable.Range(0, count).Select(i => (From: (int)((long)i * Rows / count), To: (int)((i + 1L) * Rows / count))).Select(part =>
            new TokenBatch(_inputs[(part.From * Length)..(part.To * Length)], _targets[(part.From * Length)..(part.To * Length)], part.To - part.From))];
    }

    /// <summary>Rows of different lengths, filled up to the longest.</summary>
    /// <param name="rows">Sequences of at least two tokens, each with the number of its first tokens that are given and not to be predicted, at least 1.</param>
    /// <param name="padding">The id that fills up.</param>
    /// <exception cref="ArgumentException">There is no row, or one has no token to predict.</exception>
    public static TokenBatch Of(IReadOnlyList<(IReadOnlyList<int> Ids, int Given)> rows, int padding)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
            throw new ArgumentException("A batch needs at least one row.", nameof(rows));
        var length = rows.Max(row => row.Ids.Count) - 1;
        if (rows.Any(row => row.Given < 1 || row.Given >= row.Ids.Count))
            throw new ArgumentException("Each row needs at least one token that is given and one that is to be predicted.", nameof(rows));
        var inputs = new long[rows.Count * length];
        var targets = new long[inputs.Length];
        Array.Fill(inputs, padding);
        Array.Fill(targets, Unscored);
        foreach (var (row, (ids, given)) in rows.Index())
        {
            for (var i = 0; i < ids.Count - 1; i++)
            {
                inputs[row * length + i] = ids[i];
                if (i + 1 >= given)
                    targets[row * length + i] = ids[i + 1];
            }
        }

        return new(inputs, targets, rows.Count);
    }
}
