namespace Vilfredo.Neural.Accounting;

/// <summary>The work of one layer in one pass over one sequence.</summary>
/// <param name="Tokens">New tokens that pass it.</param>
/// <param name="Keys">Of how many it makes keys and values.</param>
/// <param name="Past">How many were held before.</param>
/// <param name="Seen">How many keys there are in the end.</param>
/// <param name="Pairs">Pairs of a token and a key that it sees.</param>
internal readonly record struct LayerWork(long Tokens, long Keys, long Past, long Seen, long Pairs);
