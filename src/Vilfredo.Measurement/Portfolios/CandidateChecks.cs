namespace Vilfredo.Measurement.Portfolios;

/// <summary>The checks of candidates at the public edge.</summary>
internal static class CandidateChecks
{
    public static void Check(ReadOnlySpan<double> trueValues, ReadOnlySpan<double> estimates)
    {
        if (trueValues.IsEmpty) throw new ArgumentException("There are no candidates; pass at least one.", nameof(trueValues));
        if (estimates.Length != trueValues.Length)
        {
            throw new ArgumentException(
                $"{trueValues.Length} true values but {estimates.Length} estimates were given; pass one of each per candidate.", nameof(estimates));
        }

        foreach (var value in trueValues) Finite(value, nameof(trueValues));
        foreach (var value in estimates) Finite(value, nameof(estimates));
    }

    public static void Finite(double value, string parameter)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException($"{parameter} holds {value}; give finite numbers, and leave out candidates without a value.", parameter);
    }

    public static void ShortlistSize(int k, int candidates, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1, parameter);
        if (k > candidates)
            throw new ArgumentOutOfRangeException(parameter, k, $"A shortlist cannot be larger than the {candidates} candidates.");
    }
}
