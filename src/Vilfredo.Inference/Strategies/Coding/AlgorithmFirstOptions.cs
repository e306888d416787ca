using Microsoft.Extensions.AI;
using Vilfredo.Measurement.CodeEfficiency.Running;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>The settings of <see cref="AlgorithmFirstStrategy"/>; the defaults are those of the released code of LLM4EFFI.</summary>
public sealed record AlgorithmFirstOptions
{
    /// <summary>The language of the programs.</summary>
    public SampleLanguage Language { get; init; } = SampleLanguage.CSharp;

    /// <summary>The exact name of the method or function; <see langword="null"/> to take it from the formalization, or else from the task's text.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>Rounds of formalizing the task and checking the result, 0 for none.</summary>
    public int FormalizationRounds { get; init => field = InRange(value, 0, 20); } = 5;

    /// <summary>Where candidates come from; anything but <see cref="CandidateDesign.Algorithms"/> leaves out the logic domain.</summary>
    public CandidateDesign Design { get; init; } = CandidateDesign.Algorithms;

    /// <summary>The number of algorithms or programs; 1 to 10.</summary>
    public int Candidates { get; init => field = InRange(value, 1, 10); } = 5;

    /// <summary>Whether advice on the implementation is asked for, algorithm by algorithm: the code domain.</summary>
    public bool AsksForAdvice { get; init; } = true;

    /// <summary>Inputs of tests that the model is asked for; 0 for no tests: then the pick is by efficiency alone.</summary>
    public int TestInputs { get; init => field = InRange(value, 0, 100); } = 20;

    /// <summary>With fewer tests than this, outputs that could not be read are asked for again.</summary>
    public int MinimumTests { get; init => field = InRange(value, 0, 100); } = 5;

    /// <summary>How often outputs are asked for in all, when there are too few.</summary>
    public int TestRounds { get; init => field = InRange(value, 1, 20); } = 5;

    /// <summary>Whether tests that some candidate fails are judged against the task; else they are believed.</summary>
    public bool JudgesTests { get; init; } = true;

    /// <summary>
    /// Whether a disputed test that most different candidates pass is kept unasked: programs vouch for tests. Off, as in the released
    /// code; that the paper describes it is recalled, not re-read.
    /// </summary>
    public bool AcceptsMajority { get; init; }

    /// <summary>Rounds of repair, each one call per candidate; 0 for none.</summary>
    public int RepairRounds { get; init => field = InRange(value, 0, 3); } = 1;

    /// <summary>Whether a repaired program that passes as many tests as the one before replaces it. The released code keeps the old one.</summary>
    public bool PrefersRepaired { get; init; }

    /// <summary>How ties are broken.</summary>
    public CandidateTieBreak TieBreak { get; init; } = CandidateTieBreak.Ask;

    /// <summary>CPU time of one test, measured inside of the child process.</summary>
    public TimeSpan TestTime { get; init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(TestTime), value, "A test needs some time."); } = TimeSpan.FromSeconds(1);

    /// <summary>The model that writes and judges tests; the strategy's when <see langword="null"/>.</summary>
    public IChatClient? TestClient { get; init; }

    /// <summary>The model that thinks of algorithms; the strategy's when <see langword="null"/>.</summary>
    public IChatClient? AlgorithmClient { get; init; }

    /// <summary>What is asked.</summary>
    public AlgorithmFirstPrompts Prompts { get; init; } = new();

    private static int InRange(int value, int least, int most) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"It must be {least} to {most}.");
}
