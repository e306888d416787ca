using System.Text.Json;

namespace Vilfredo.Studies.Execution;

/// <summary>Takes the gradient of an objective from the JSON that a finished run printed.</summary>
internal static class GradientExtraction
{
    /// <summary>Takes one number per knob.</summary>
    /// <param name="source">Where the object or array is.</param>
    /// <param name="result">The run.</param>
    /// <param name="configuration">The knobs, whose order the numbers get.</param>
    /// <param name="problem">What was there instead.</param>
    /// <returns>Finite numbers, or <see langword="null"/>.</returns>
    public static double[]? Extract(JsonPathSource source, ProcessResult result, Configuration configuration, out string problem)
    {
        using var document = JsonOutput.FindLast(result.StandardOutput.WholeLines()[^1], out problem);
        if (document is null || !source.Steps.TryFind(document.RootElement, out var found, out problem)) return null;
        if (found.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            problem = $"{source.Path} is {JsonPath.Kind(found)}, neither an object nor an array of numbers";
            return null;
        }

        if (found.ValueKind == JsonValueKind.Array && found.GetArrayLength() != configuration.Count)
        {
            problem = $"{source.Path} has {found.GetArrayLength()} elements for {configuration.Count} knobs";
            return null;
        }

        var gradient = new double[configuration.Count];
        for (var i = 0; i < gradient.Length; i++)
        {
            var knob = configuration[i].Key;
            var element = found;
            if (found.ValueKind == JsonValueKind.Array) element = found[i];
            else if (!found.TryGetProperty(knob, out element))
            {
                problem = $"{source.Path} has no member '{knob}'";
                return null;
            }

            if (element.ValueKind != JsonValueKind.Number)
            {
                problem = $"{source.Path} has {JsonPath.Kind(element)} for '{knob}', not a number";
                return null;
            }

            if (!NumberText.TryParse(element.GetRawText(), out gradient[i], out problem))
            {
                problem = $"the number for '{knob}' in {source.Path} {problem}";
                return null;
            }
        }

        return gradient;
    }
}
