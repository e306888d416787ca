using System.Globalization;
using System.Text.Json;

namespace Vilfredo.Studies.Execution;

/// <summary>A path to one value of a JSON document: member names and array indices.</summary>
internal sealed class JsonPath
{
    /// <summary>A member's name, or an index when the name is <see langword="null"/>.</summary>
    private readonly record struct Step(string? Name, int Index)
    {
        public override string ToString() => Name is null ? $"[{Index}]" : $".{Name}";
    }

    private readonly List<Step> _steps = [];

    private JsonPath()
    {
    }

    public static JsonPath Parse(string path)
    {
        var result = new JsonPath();
        var i = path.StartsWith('$') ? 1 : 0;
        while (i < path.Length)
        {
            if (path[i] == '[') i = result.ParseBracket(path, i);
            else i = result.ParseName(path, path[i] == '.' ? i + 1 : i == 0 ? i : throw Malformed(path, i));
        }

        return result;
    }

    /// <summary>Follows the path.</summary>
    /// <returns><see langword="false"/> with a <paramref name="problem"/> that says where the document ends to fit.</returns>
    public bool TryFind(JsonElement document, out JsonElement found, out string problem)
    {
        problem = "";
        found = document;
        var walked = "$";
        foreach (var step in _steps)
        {
            if (!TryTake(ref found, step, walked, out problem)) return false;
            walked += step;
        }

        return true;
    }

    private static bool TryTake(ref JsonElement element, Step step, string walked, out string problem)
    {
        problem = "";
        if (step.Name is { } name)
        {
            if (element.ValueKind != JsonValueKind.Object) problem = $"{walked} is {Kind(element)}, so it has no member '{name}'";
            else if (element.TryGetProperty(name, out var member)) element = member;
            else problem = $"{walked} has no member '{name}'; it has {Members(element)}";
        }
        else if (element.ValueKind != JsonValueKind.Array)
        {
            problem = $"{walked} is {Kind(element)}, so it has no element {step}";
        }
        else
        {
            var length = element.GetArrayLength();
            var index = step.Index < 0 ? length + step.Index : step.Index;
            if (index >= 0 && index < length) element = element[index];
            else problem = $"{walked} has {length} elements, so none at {step}";
        }

        return problem.Length == 0;
    }

    public static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"the text \"{Shorten(element.GetString()!)}\"",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        _ => element.GetRawText(),
    };

    private static string Members(JsonElement element)
    {
        const int shown = 8;
        var names = element.EnumerateObject().Select(member => member.Name).Take(shown + 1).ToList();
        if (names.Count == 0) return "none";
        return string.Join(", ", names.Take(shown).Select(Shorten)) + (names.Count > shown ? ", ..." : "");
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "...";

    private int ParseName(string path, int start)
    {
        var end = path.AsSpan(start).IndexOfAny('.', '[');
        end = end < 0 ? path.Length : start + end;
        var name = path[start..end];
        if (name.Length == 0) throw Malformed(path, start);
        if (name == "*") throw Several(path);
        _steps.Add(new Step(name, 0));
        return end;
    }

    private int ParseBracket(string path, int open)
    {
        var first = open + 1 < path.Length ? path[open + 1] : '\0';
        if (first is '\'' or '"')
        {
            var quote = path.IndexOf(first, open + 2);
            if (quote < 0 || quote + 1 >= path.Length || path[quote + 1] != ']') throw Malformed(path, open);
            _steps.Add(new Step(path[(open + 2)..quote], 0));
            return quote + 2;
        }

        var close = path.IndexOf(']', open);
        if (close < 0) throw Malformed(path, open);
        var index = path[(open + 1)..close];
        if (index.AsSpan().IndexOfAny("*:,?") >= 0) throw Several(path);
        if (!int.TryParse(index, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) throw Malformed(path, open);
        _steps.Add(new Step(null, number));
        return close + 1;
    }

    private static ArgumentException Malformed(string path, int at) => new(
        $"The path '{path}' is malformed at character {at + 1}; write member names and indices such as $.metrics.loss or $.runs[0].time.", nameof(path));

    private static ArgumentException Several(string path) => new(
        $"The path '{path}' can select several values; name one, such as $.runs[-1].time.", nameof(path));
}
