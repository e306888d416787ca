using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Evaluation.Problems;

/// <summary>A problem as models are asked it, with what judges their answers.</summary>
/// <param name="Id">Its name, unique in its evaluation.</param>
/// <param name="Group">The tasks that it belongs to, such as a family with its difficulty or a file.</param>
/// <param name="Prompt">The whole text that is asked.</param>
/// <param name="Grader">Judges answers.</param>
public sealed record EvaluationProblem(string Id, string Group, string Prompt, IAnswerGrader Grader)
{
    /// <summary>What is said before the prompt, as instructions; null for nothing.</summary>
    public string? Instructions { get; init; }

    /// <summary>The chat that is asked.</summary>
    public IReadOnlyList<ChatMessage> Messages => Instructions is null ? [new(ChatRole.User, Prompt)] : [new(ChatRole.System, Instructions), new(ChatRole.User, Prompt)];

    /// <summary>A fingerprint of the chat that is asked (SHA-256, hexadecimal): answers belong to it, not to the problem's name.</summary>
    public string PromptHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Instructions}\0{Prompt}")));
}
