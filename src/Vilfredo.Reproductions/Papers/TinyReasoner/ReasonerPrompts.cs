using Microsoft.Extensions.AI;
using Vilfredo.Inference.Prompts;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The forms in which the small reasoner is asked, in place of sentences that it could not read: the templates of the library's strategies, filled with its marks.</summary>
internal static class ReasonerPrompts
{
    public const string Alphabet = ResidueProblem.Residues + ResidueProblem.Labels + "+*=x/|>sdgwjYeNo\n";

    /// <summary>Refinement with marks: the question, then <c>w</c>, the drafts, each behind a bar, and <c>></c>.</summary>
    public static RefinementPrompts Refinement { get; } = new() { Refine = "w|{draft}>", Improve = "w{workspace}>", Draft = "|{draft}", DraftSeparator = "" };

    /// <summary>Asks to solve step by step.</summary>
    public static string Solve(ResidueProblem problem) => $"s{problem.Text}>";

    /// <summary>Asks for the answer alone.</summary>
    public static string Direct(ResidueProblem problem) => $"d{problem.Text}>";

    /// <summary>Asks to solve three times in one go and to settle.</summary>
    public static string Long(ResidueProblem problem) => $"g{problem.Text}>";

    /// <summary>Asks to solve with drafts at hand, exactly as the strategies ask.</summary>
    public static string WithDrafts(ResidueProblem problem, IReadOnlyList<string> drafts) => $"{Solve(problem)}\n\nw|{string.Join('|', drafts)}>";

    /// <summary>Asks whether a solution is right.</summary>
    public static string Judge(ResidueProblem problem, string trace) => $"{Solve(problem)}\n\nj|{trace}>";

    /// <summary>The chat of one of these.</summary>
    public static ChatMessage[] Chat(string prompt) => [new(ChatRole.User, prompt)];
}
