using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Strategies.Selection;
using Vilfredo.Inference.Strategies.Stages;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Strategies.Ensembles;

/// <summary>How many agents explore, share, verify and improve.</summary>
public sealed record MarsOptions
{
    /// <summary>The agents, at least 1.</summary>
    public int Agents { get; init => field = AtLeast(value, 1, nameof(Agents)); } = 3;

    /// <summary>The temperature of the first agent where the caller sets none; the others' rise evenly to <see cref="Hottest"/>. At least 0.</summary>
    public double Coolest { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Coolest), value, "A temperature is at least 0."); } = 0.3;

    /// <summary>The temperature of the last agent where the caller sets none, at least 0.</summary>
    public double Hottest { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Hottest), value, "A temperature is at least 0."); } = 1;

    /// <summary>The rounds of aggregation, at least 0.</summary>
    public int Aggregations { get; init => field = AtLeast(value, 0, nameof(Aggregations)); } = 3;

    /// <summary>The answers that a round of aggregation makes, at least 1.</summary>
    public int Population { get; init => field = AtLeast(value, 1, nameof(Population)); } = 6;

    /// <summary>The answers that each of them is made of, drawn without repetition, at least 1.</summary>
    public int Selected { get; init => field = AtLeast(value, 1, nameof(Selected)); } = 3;

    /// <summary>Whether the ways of solving are written down once and every agent answers anew with them.</summary>
    public bool SharesStrategies { get; init; } = true;

    /// <summary>The most rounds of verification, with improvements between them; at least 0.</summary>
    public int Iterations { get; init => field = AtLeast(value, 0, nameof(Iterations)); } = 5;

    /// <summary>The judgements that must all find an answer right, at least 1.</summary>
    public int Passes { get; init => field = AtLeast(value, 1, nameof(Passes)); } = 2;

    /// <summary>The verified answers that must agree to settle the question, at least 1.</summary>
    public int Agreement { get; init => field = AtLeast(value, 1, nameof(Agreement)); } = 2;

    /// <summary>How verdicts are asked for.</summary>
    public JudgeSettings Verifier { get; init; } = new() { MaximumOutputTokens = 1024 };

    /// <summary>How strategies are written down.</summary>
    public StageSettings Sharing { get; init; } = new();

    /// <summary>How answers are compared.</summary>
    public VoteRules Votes { get; init; } = new();

    /// <summary>What is asked.</summary>
    public EnsemblePrompts Prompts { get; init; } = new();

    internal double TemperatureOf(int agent) => Agents == 1 ? Coolest : Coolest + (Hottest - Coolest) * agent / (Agents - 1);

    private static int AtLeast(int value, int least, string name) => value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"At least {least}.");
}
