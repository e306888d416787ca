using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Strategies.Selection;
using Vilfredo.Inference.Strategies.Stages;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Strategies.Planning;

/// <summary>How many plans, solutions and answers are made, and how the answer is chosen.</summary>
public sealed record CepoOptions
{
    /// <summary>The answers that one is chosen from, at least 1.</summary>
    public int Attempts { get; init => field = AtLeast(value, 1, nameof(Attempts)); } = 3;

    /// <summary>The plans with a solution that an answer is made of, at least 0; without them it is a plain call.</summary>
    public int Plans { get; init => field = AtLeast(value, 0, nameof(Plans)); } = 3;

    /// <summary>The most plans that are tried for them, because plans and solutions may be empty or cut off; at least as many as <see cref="Plans"/> to be of use, at least 0.</summary>
    public int Tries { get; init => field = AtLeast(value, 0, nameof(Tries)); } = 6;

    /// <summary>How plans are asked for.</summary>
    public StageSettings Planner { get; init; } = new() { MaximumOutputTokens = 4096 };

    /// <summary>The temperature of solutions where the caller sets none, at least 0.</summary>
    public double Temperature { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "A temperature is at least 0."); } = 0.7;

    /// <summary>Scores the answers; null for a vote over them.</summary>
    public IJudge? Judge { get; init; } = new PointwiseJudge();

    /// <summary>How the vote is taken.</summary>
    public VoteRules Votes { get; init; } = new();

    /// <summary>What is asked.</summary>
    public PlanningPrompts Prompts { get; init; } = new();

    private static int AtLeast(int value, int least, string name) => value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"At least {least}.");
}
