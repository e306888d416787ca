using System.Globalization;
using System.Text;

namespace Vilfredo.Studies.Execution;

/// <summary>One text with <c>{placeholders}</c>, parsed: literal pieces with a placeholder between each two.</summary>
internal sealed class TemplateText
{
    private readonly List<string> _literals = [];
    private readonly List<CommandPlaceholder> _placeholders = [];

    private TemplateText()
    {
    }

    public IReadOnlyList<CommandPlaceholder> Placeholders => _placeholders;

    /// <summary>The literal pieces, with braces unescaped; always one more than placeholders.</summary>
    public IReadOnlyList<string> Literals => _literals;

    /// <summary>Parses a template.</summary>
    /// <param name="template">The text.</param>
    /// <param name="argument">Index of the argument, for messages and <see cref="CommandPlaceholder.Argument"/>.</param>
    /// <exception cref="FormatException">A brace is alone, or a placeholder has no usable name or format.</exception>
    public static TemplateText Parse(string template, int argument)
    {
        var text = new TemplateText();
        var literal = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            var isDoubled = c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c;
            if (isDoubled) i++;
            if (c is not ('{' or '}') || isDoubled)
            {
                literal.Append(c);
                continue;
            }

            var end = template.IndexOf('}', i + 1);
            if (c == '}' || end < 0) throw Error(template, argument, i, $"has a '{c}' without its partner");
            text._literals.Add(literal.ToString());
            text._placeholders.Add(ParsePlaceholder(template, argument, i, end));
            literal.Clear();
            i = end;
        }

        text._literals.Add(literal.ToString());
        return text;
    }

    /// <summary>The value of a placeholder as text, formatted where the placeholder asks for it.</summary>
    /// <exception cref="FormatException">A numeric format meets a value that is not a number.</exception>
    public static string Render(CommandPlaceholder placeholder, string value)
    {
        if (placeholder.Format is null) return value;

        // Whole numbers first, so that formats for them (such as D4 or X) work.
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole.ToString(placeholder.Format, CultureInfo.InvariantCulture);
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            try
            {
                return number.ToString(placeholder.Format, CultureInfo.InvariantCulture);
            }
            catch (FormatException)
            {
                throw new FormatException(
                    $"the format '{placeholder.Format}' of {{{placeholder.Name}}} is for whole numbers, but the value is {value}");
            }
        }

        throw new FormatException(
            $"the placeholder {{{placeholder.Name}:{placeholder.Format}}} asks for a number, but the value is '{value}'; leave the format out");
    }

    private static CommandPlaceholder ParsePlaceholder(string template, int argument, int start, int end)
    {
        var inner = template[(start + 1)..end];
        var colon = inner.IndexOf(':');
        var name = colon < 0 ? inner : inner[..colon];
        var format = colon < 0 ? null : inner[(colon + 1)..];
        if (name.Length == 0 || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.'))
            throw Error(template, argument, start, $"has '{{{inner}}}', which is not a knob's name");
        if (format is not null && !IsNumericFormat(format))
            throw Error(template, argument, start, $"has the format '{format}', which is not a numeric format such as 0.00 or 0.00e0");
        return new CommandPlaceholder(name, format, argument, start);
    }

    private static bool IsNumericFormat(string format)
    {
        try
        {
            _ = 1L.ToString(format, CultureInfo.InvariantCulture);
            return format.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static FormatException Error(string template, int argument, int position, string what) => new(
        $"argument {argument} ('{template}') {what} at character {position + 1}; write {{name}} for a knob, and {{{{ or }}}} for a brace");
}
