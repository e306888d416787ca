using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;

namespace Vilfredo.Inference.Agents;

/// <summary>Trajectories as text, for the models that plan, remember and judge.</summary>
public static class TrajectoryText
{
    /// <summary>All steps, and the answer where there is one.</summary>
    public static string Of(Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        var text = new StringBuilder();
        foreach (var (place, step) in trajectory.Steps.Index())
            text.Append(CultureInfo.InvariantCulture, $"Step {place + 1}\n{Of(step)}\n\n");
        if (trajectory.Answer is { } answer)
            text.Append(answer.Text.Trim());
        return text.Length == 0 ? "Nothing yet." : text.ToString().TrimEnd();
    }

    /// <summary>One step: reasoning, calls and observations.</summary>
    public static string Of(AgentStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var lines = new List<string>();
        if (!string.IsNullOrWhiteSpace(step.Reply.Text))
            lines.Add(step.Reply.Text.Trim());
        foreach (var result in step.Results)
            lines.Add($"Action: {ToolCallAnswers.Canonical(result.Call)}\nObservation: {result.Observation}");
        return lines.Count == 0 ? "An empty reply." : string.Join("\n", lines);
    }

    /// <summary>The names and descriptions of tools.</summary>
    public static string Of(IReadOnlyList<AITool> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return tools.Count == 0 ? "none" : string.Join("; ", tools.Select(tool => $"{tool.Name} ({tool.Description.TrimEnd('.')})"));
    }
}
