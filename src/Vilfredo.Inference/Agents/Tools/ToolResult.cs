using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Agents.Tools;

/// <summary>A call of a tool and what came of it.</summary>
/// <param name="Call">The call as the model asked for it.</param>
/// <param name="Observation">What the model is shown: the result as text, cut to its greatest length, or what went wrong.</param>
/// <param name="Failed">Whether something went wrong: there is no such tool, its arguments are malformed, it failed or took too long.</param>
public sealed record ToolResult(FunctionCallContent Call, string Observation, bool Failed);
