namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>The prompts of <see cref="CodeRefinementStrategy"/> beside those that it shares with <see cref="AlgorithmFirstStrategy"/>.</summary>
public sealed record CodeRefinementPrompts
{
    private const string Program = "\n\n{spec}\n\n```{tag}\n{code}\n```";

    /// <summary>What it shares: programs, tests and repairs.</summary>
    public AlgorithmFirstPrompts Shared { get; init; } = new();

    /// <summary>Added to the request for a program in the style <see cref="CodePromptStyle.Efficient"/>.</summary>
    public string Efficient { get; init; } = "\n\nMake it as efficient as you can: the least time complexity, and fast in practice on large inputs.";

    /// <summary>Added to the request for a program in the style <see cref="CodePromptStyle.Reasoned"/>.</summary>
    public string Reasoned { get; init; } =
        "\n\nThink step by step first: which ways are there to solve it, what is the complexity of each, and which is right and fastest? Then write the program of that way.";

    /// <summary>Asks for a faster program: <c>{spec}</c>, <c>{code}</c>, <c>{tag}</c>.</summary>
    public string Optimize { get; init; } =
        "# Optimize the program\nMake the program faster on large inputs without changing what it returns. Answer with one fenced block ```{tag}." + Program;

    /// <summary>Asks for remarks: <c>{spec}</c>, <c>{code}</c>, <c>{tag}</c>.</summary>
    public string Reflect { get; init; } =
        "# Comment on the program\nIs the program right, and what in it is slow? Say what to change, in words and without code." + Program;

    /// <summary>Asks for a program that takes remarks up: <c>{spec}</c>, <c>{code}</c>, <c>{remarks}</c>, <c>{tag}</c>.</summary>
    public string Apply { get; init; } =
        "# Optimize the program\nMake the program faster on large inputs by the remarks, without changing what it returns. Answer with one fenced block ```{tag}." + Program + "\n\n<remarks>\n{remarks}\n</remarks>";

    /// <summary>Asks for a faster program by what it took: <c>{spec}</c>, <c>{code}</c>, <c>{profile}</c>, <c>{tag}</c>.</summary>
    public string Profile { get; init; } =
        "# Optimize the program\nMake the program faster by its profile, without changing what it returns. Answer with one fenced block ```{tag}." + Program + "\n\nProcessor time by input:\n{profile}";
}
