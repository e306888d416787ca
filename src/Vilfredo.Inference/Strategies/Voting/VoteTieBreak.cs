namespace Vilfredo.Inference.Strategies.Voting;

/// <summary>Which of several answers with equal weight wins a vote.</summary>
public enum VoteTieBreak
{
    /// <summary>The one that was given first.</summary>
    Earliest,

    /// <summary>The one with the shortest response, in output tokens; the earliest of those.</summary>
    Shortest,

    /// <summary>One drawn with the run's seed.</summary>
    Random,

    /// <summary>The one that the model picks when it is shown one response for each; the earliest when it picks none.</summary>
    Judge,
}
