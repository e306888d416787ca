using Microsoft.Extensions.AI;
using Vilfredo.Measurement.CodeEfficiency.Running;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>The settings of <see cref="CodeRefinementStrategy"/>.</summary>
public sealed record CodeRefinementOptions
{
    /// <summary>The language of the program.</summary>
    public SampleLanguage Language { get; init; } = SampleLanguage.CSharp;

    /// <summary>The exact name of the method or function; <see langword="null"/> to take it from the task's text. Read where tests are run.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>How the first program is asked for.</summary>
    public CodePromptStyle Style { get; init; } = CodePromptStyle.Plain;

    /// <summary>What it is improved by.</summary>
    public CodeImprovement Improvement { get; init; } = CodeImprovement.Optimize;

    /// <summary>Rounds of improvement, 1 to 10.</summary>
    public int Rounds
    {
        get;
        init => field = value is >= 1 and <= 10 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Rounds of improvement are 1 to 10; for none take CodeImprovement.None.");
    } = 1;

    /// <summary>Inputs of tests that the model is asked for, where programs are run; 1 to 100.</summary>
    public int TestInputs
    {
        get;
        init => field = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The inputs of tests are 1 to 100.");
    } = 20;

    /// <summary>CPU time of one test, measured inside of the child process.</summary>
    public TimeSpan TestTime { get; init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A test needs some time."); } = TimeSpan.FromSeconds(1);

    /// <summary>The model that writes tests; the strategy's when <see langword="null"/>.</summary>
    public IChatClient? TestClient { get; init; }

    /// <summary>What is asked.</summary>
    public CodeRefinementPrompts Prompts { get; init; } = new();
}
