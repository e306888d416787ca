using Vilfredo.Inference.Agents.Tools;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Agents;

/// <summary>A step of an agent: what it wrote, the tools that it asked for and what came of them.</summary>
/// <param name="Reply">The response of the model.</param>
/// <param name="Results">The tools' results, in the order in which they were asked for; empty when the reply was.</param>
public sealed record AgentStep(Candidate Reply, IReadOnlyList<ToolResult> Results);
