using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Catalog;

namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>Knobs of strategies that vote.</summary>
public static class VotingKnobs
{
    private static readonly Dictionary<string, VoteTieBreak> TieBreaks = new(StringComparer.Ordinal)
    {
        ["earliest"] = VoteTieBreak.Earliest,
        ["shortest"] = VoteTieBreak.Shortest,
        ["random"] = VoteTieBreak.Random,
        ["judge"] = VoteTieBreak.Judge,
    };

    /// <summary>Which of equally frequent answers wins, <c>tie_break</c>.</summary>
    public static Knob TieBreak { get; } = new("tie_break", KnobKind.Choice, "which of equally heavy answers wins", "earliest") { Choices = [.. TieBreaks.Keys] };

    /// <summary>The rules that knobs give.</summary>
    /// <param name="values">Has <see cref="CommonKnobs.Answer"/> and <see cref="TieBreak"/>.</param>
    public static VoteRules Rules(KnobValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new() { Answers = AnswerExtractors.Named(values.Text("answer")!), TieBreak = TieBreaks[values.Text("tie_break")!] };
    }
}
