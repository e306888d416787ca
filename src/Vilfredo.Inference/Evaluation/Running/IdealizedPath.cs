using Vilfredo.Inference.Calls;
using Vilfredo.Measurement.IdealizedRuntime;

namespace Vilfredo.Inference.Evaluation.Running;

/// <summary>How long an answer would take on the machines of runtime profiles, if every call could run at once.</summary>
internal static class IdealizedPath
{
    /// <summary>The longest path of calls that waited for each other, each as its model's profile estimates it; null when a model has none.</summary>
    public static double? Seconds(CallGraph graph, Func<string?, RuntimeProfile?> profileOf)
    {
        var until = new double[graph.Calls.Count];
        double longest = 0;
        foreach (var call in graph.Calls)
        {
            double? own = call.Inner is { } inner ? Seconds(inner, profileOf)
                : profileOf(call.Model)?.Estimate((int)call.Usage.InputTokens, (int)call.Usage.OutputTokens);
            if (own is not { } seconds)
                return null;
            until[call.Id] = call.Parents.Select(parent => until[parent]).DefaultIfEmpty().Max() + seconds;
            longest = Math.Max(longest, until[call.Id]);
        }

        return longest;
    }
}
