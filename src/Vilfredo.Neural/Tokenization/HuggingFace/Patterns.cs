using System.Text.RegularExpressions;

namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>The "pattern" of a component: a string or a regular expression.</summary>
internal static class Patterns
{
    /// <summary>The pattern as a regular expression of .NET.</summary>
    /// <exception cref="TokenizerFormatException">There is none, or .NET cannot read it.</exception>
    public static string Read(JsonSection section)
    {
        var pattern = section.Section("pattern") ?? throw section.Error("has no \"pattern\"");
        if (pattern.Text("String") is { } literal)
            return Regex.Escape(literal);
        var expression = pattern.RequiredText("Regex");
        try
        {
            _ = new Regex(expression, RegexOptions.CultureInvariant);
            return expression;
        }
        catch (RegexParseException error)
        {
            throw section.Unsupported($"the regular expression '{expression}' ({error.Message.TrimEnd('.')})", "one that .NET can read too");
        }
    }
}
