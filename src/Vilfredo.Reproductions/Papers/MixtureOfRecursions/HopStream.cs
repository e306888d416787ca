using Vilfredo.Neural.Training.Data;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// A stream of two kinds of records. A chain is a symbol and then tables, each a permutation of the symbols that stays the same for the whole stream; after each table the symbol is asked
/// that the chain has come to, which is never shown: the m-th takes m steps. A copy is a string of symbols and its repetition, which takes one step each. Nothing else is asked.
/// </summary>
internal sealed class HopStream
{
    /// <summary>Symbols, tables and the two marks of a copy.</summary>
    public const int Symbols = 6, Tables = 3, Begin = Symbols + Tables, Repeat = Begin + 1, Vocabulary = Repeat + 1;

    /// <summary>The longest chain and the symbols of a copy.</summary>
    public const int MostHops = 6, Copied = 6;

    /// <summary>What a place is that asks for nothing, and what one of a copy is; places of chains are their number of hops.</summary>
    public const int Silent = -1, OfCopy = 0;

    private readonly int[][] tables;

    /// <summary>A stream with tables of its own.</summary>
    public HopStream(RandomGenerator random) => tables = [.. Enumerable.Range(0, Tables).Select(_ =>
    {
        int[] table = [.. Enumerable.Range(0, Symbols)];
        random.Shuffle(table.AsSpan());
        return table;
    })];

    /// <summary>Rows of the stream with what each place is: <see cref="Silent"/>, <see cref="OfCopy"/> or its hops.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="length">The tokens of each; the last record of a row is cut.</param>
    /// <param name="random">The source of the records.</param>
    public (TokenBatch Batch, int[] Kinds) Rows(int rows, int length, RandomGenerator random)
    {
        var (inputs, targets, kinds) = (new long[rows * length], new long[rows * length], new int[rows * length]);
        for (var row = 0; row < rows; row++)
        {
            var places = new List<(int Token, int Target, int Kind)>();
            while (places.Count < length)
                places.AddRange(random.NextBoolean(0.75) ? Chain(random) : Copy(random));
            for (var i = 0; i < length; i++)
                (inputs[row * length + i], targets[row * length + i], kinds[row * length + i]) = places[i];
        }

        return (new(inputs, [.. targets.Select(target => target < 0 ? TokenBatch.Unscored : target)], rows), kinds);
    }

    /// <summary>The symbol that a table leads to.</summary>
    public int After(int table, int symbol) => tables[table][symbol];

    private IEnumerable<(int Token, int Target, int Kind)> Chain(RandomGenerator random)
    {
        var symbol = random.NextInt32(Symbols);
        yield return (symbol, -1, Silent);
        var hops = 1 + random.NextInt32(MostHops);
        for (var hop = 1; hop <= hops; hop++)
        {
            var table = random.NextInt32(Tables);
            symbol = After(table, symbol);
            yield return (Symbols + table, symbol, hop);
        }
    }

    private static IEnumerable<(int Token, int Target, int Kind)> Copy(RandomGenerator random)
    {
        int[] copied = [.. Enumerable.Range(0, Copied).Select(_ => random.NextInt32(Symbols))];
        yield return (Begin, -1, Silent);
        foreach (var symbol in copied)
            yield return (symbol, -1, Silent);
        yield return (Repeat, copied[0], OfCopy);
        for (var i = 1; i < Copied; i++)
            yield return (copied[i - 1], copied[i], OfCopy);
    }
}
