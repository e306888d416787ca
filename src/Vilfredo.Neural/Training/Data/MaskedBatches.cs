namespace Vilfredo.Neural.Training.Data;

/// <summary>Batches for a masked language model: some tokens of each batch are to be guessed, most of them hidden behind a mask, a few replaced at random and a few left as they are.</summary>
/// <remarks>Source: Devlin et al., BERT, 2019, section 3.1: 15 % of the tokens, of which 80 % are masked, 10 % replaced and 10 % left. A batch is masked the same way whenever it is asked for.</remarks>
public sealed class MaskedBatches : IBatches<TokenBatch>
{
    private readonly IBatches<TokenBatch> _texts;
    private readonly int _vocabulary;
    private readonly int _mask;
    private readonly ulong _seed;

    /// <summary>Masks batches of texts.</summary>
    /// <param name="texts">The texts; their own targets are not used.</param>
    /// <param name="vocabularySize">Replacements are drawn from the ids below this.</param>
    /// <param name="maskToken">The id that hides a token.</param>
    /// <param name="seed">Another seed hides other tokens.</param>
    public MaskedBatches(IBatches<TokenBatch> texts, int vocabularySize, int maskToken, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(maskToken);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(maskToken, vocabularySize);
        (_texts, _vocabulary, _mask, _seed) = (texts, vocabularySize, maskToken, seed);
    }

    /// <summary>The share of tokens that are to be guessed, above 0 and at most 1.</summary>
    public double Share { get; init; } = 0.15;

    /// <summary>The share of those that are masked, from 0 to 1.</summary>
    public double Masked { get; init; } = 0.8;

    /// <summary>The share of those that are replaced at random; with <see cref="Masked"/> at most 1.</summary>
    public double Replaced { get; init; } = 0.1;

    /// <summary>Ids that are never to be guessed nor drawn, such as padding and the marks of a text's ends; the mask itself never is.</summary>
    public IReadOnlyCollection<int> Special { get; init; } = [];

    /// <inheritdoc/>
    /// <remarks>At least one token is to be guessed in every batch that has any that may be.</remarks>
    /// <exception cref="InvalidOperationException">The shares are outside their ranges, every id is special, or a batch has special tokens alone.</exception>
    public TokenBatch At(long index)
    {
        if (!(Share is > 0 and <= 1 && Masked >= 0 && Replaced >= 0 && Masked + Replaced <= 1))
            throw new InvalidOperationException($"The shares are {Share}, {Masked} and {Replaced}; the first must be above 0 and at most 1, the others not negative and at most 1 together.");
        HashSet<long> special = [.. Special, _mask];
        long[] ordinary = [.. Enumerable.Range(0, _vocabulary).Select(id => (long)id).Where(id => !special.Contains(id))];
        if (ordinary.Length == 0)
            throw new InvalidOperationException("Every id is special; some must be left to guess.");
        var batch = _texts.At(index);
        var random = new RandomGenerator(_seed, (ulong)index);
        var inputs = batch.Inputs.ToArray();
        var targets = new long[inputs.Length];
        Array.Fill(targets, TokenBatch.Unscored);
        int[] places = [.. Enumerable.Range(0, inputs.Length).Where(place => !special.Contains(inputs[place]))];
        if (places.Length == 0)
            throw new InvalidOperationException($"Batch {index} has special tokens alone; there is nothing to guess.");
        int[] chosen = [.. places.Where(_ => random.NextBoolean(Share))];
        if (chosen.Length == 0)
            chosen = [places[random.NextInt32(places.Length)]];
        foreach (var place in chosen)
        {
            targets[place] = inputs[place];
            var kind = random.NextDouble();
            if (kind < Masked)
                inputs[place] = _mask;
            else if (kind < Masked + Replaced)
                inputs[place] = ordinary[random.NextInt32(ordinary.Length)];
        }

        return new(inputs, targets, batch.Rows);
    }
}
