using System.Text.Json;

namespace Vilfredo.Studies.Execution;

/// <summary>Finds the JSON document in what a program printed.</summary>
internal static class JsonOutput
{
    /// <summary>How many line beginnings are tried, from the end, so that odd output costs bounded time.</summary>
    private const int Candidates = 200;

    /// <summary>The whole text as one document, else the last document that begins a line and ends at a line's end or the text's.</summary>
    /// <returns><see langword="null"/> with a <paramref name="problem"/> when there is none.</returns>
    public static JsonDocument? FindLast(string text, out string problem)
    {
        problem = "";
        if (string.IsNullOrWhiteSpace(text))
        {
            problem = "the output is empty";
            return null;
        }

        if (TryParse(text, ref problem) is { } whole) return whole;
        var problems = problem;
        problem = "";
        var end = text.Length;
        for (var tried = 0; tried < Candidates && end > 0;)
        {
            var start = text.LastIndexOf('\n', end - 1) + 1;
            var line = text.AsMemory(start, end - start).Trim();
            end = Math.Max(0, start - 1);
            if (line.Length == 0 || line.Span[0] is not ('{' or '[')) continue;
            tried++;
            if (TryParse(line, ref problem) is { } oneLine) return oneLine;
            if (TryParse(text.AsMemory(start), ref problem) is { } toEnd) return toEnd;
        }

        // The reason of the latest candidate helps; that of a text full of log lines does not.
        problem = problem.Length > 0 ? problem : $"the output is no JSON document ({problems}), and no line begins one";
        return null;
    }

    private static JsonDocument? TryParse(string text, ref string problem) => TryParse(text.AsMemory(), ref problem);

    private static JsonDocument? TryParse(ReadOnlyMemory<char> text, ref string problem)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            if (problem.Length == 0)
            {
                problem = $"the JSON is malformed: {e.Message}";
                if (text.Span.Contains("NaN", StringComparison.Ordinal) || text.Span.Contains("Infinity", StringComparison.Ordinal))
                    problem += " JSON has no NaN or Infinity, and neither is a measurement.";
            }

            return null;
        }
    }
}
