using System.Text.RegularExpressions;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Compiling;

/// <summary>Finds the code in what a model wrote.</summary>
public static partial class ModelAnswer
{
    /// <summary>
    /// The last fenced block tagged with the language; else the last fenced block; else the whole text. A block that is not closed,
    /// as when the model ran out of tokens, reaches to the end.
    /// </summary>
    /// <param name="answer">The model's text.</param>
    /// <param name="language">The language asked for: tags <c>csharp</c>, <c>cs</c>, <c>c#</c>, or <c>python</c>, <c>python3</c>, <c>py</c>.</param>
    /// <returns>The code without fences, unchanged otherwise.</returns>
    public static string ExtractCode(string answer, SampleLanguage language)
    {
        ArgumentNullException.ThrowIfNull(answer);
        string[] tags = language == SampleLanguage.CSharp ? ["csharp", "cs", "c#"] : ["python", "python3", "py"];
        string? tagged = null;
        string? last = null;
        foreach (Match block in Block().Matches(answer))
        {
            last = block.Groups["code"].Value;
            if (tags.Contains(block.Groups["tag"].Value, StringComparer.OrdinalIgnoreCase)) tagged = last;
        }

        return tagged ?? last ?? answer;
    }

    // A fence of three or more backticks or tildes; the closing one is the same.
    [GeneratedRegex(@"^[ \t]*(?<fence>`{3,}|~{3,})[ \t]*(?<tag>[^\s`]*)[^\n]*\n(?<code>.*?)(?:^[ \t]*\k<fence>[ \t]*\r?$|\z)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
