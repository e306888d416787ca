using Vilfredo.Statistics;

namespace Vilfredo.Neural.Evaluation;

/// <summary>How a model did on problems of one family and difficulty.</summary>
/// <param name="Family">The name of the family.</param>
/// <param name="Difficulty">Their level.</param>
/// <param name="Problems">How many were asked.</param>
/// <param name="Correct">How many answers were right.</param>
/// <param name="IllFormed">How many responses had no answer that could be read.</param>
/// <param name="Unfinished">How many responses were cut off.</param>
/// <param name="Tokens">The tokens of all responses.</param>
public sealed record TaskScore(string Family, int Difficulty, int Problems, int Correct, int IllFormed, int Unfinished, long Tokens)
{
    /// <summary>The share of right answers, 0 to 1.</summary>
    public double Accuracy => (double)Correct / Problems;

    /// <summary>The 95 % interval of the accuracy (Wilson).</summary>
    public ProportionInterval Interval => ProportionInterval.Wilson(Correct, Problems);

    /// <summary>The tokens of a response, on average.</summary>
    public double MeanTokens => (double)Tokens / Problems;
}
