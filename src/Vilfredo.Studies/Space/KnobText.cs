using System.Globalization;

namespace Vilfredo.Studies;

/// <summary>Reads knob values from text: files, tables, command lines.</summary>
public static class KnobText
{
    /// <summary>The value that a text means for a knob.</summary>
    /// <exception cref="FormatException">The text is no value of the knob's type.</exception>
    public static KnobValue Parse(Knob knob, string text)
    {
        ArgumentNullException.ThrowIfNull(knob);
        ArgumentNullException.ThrowIfNull(text);
        switch (knob.Type)
        {
            case KnobType.Categorical or KnobType.Order:
                return KnobValue.Choice(text);
            case KnobType.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole):
                return KnobValue.Integer(whole);
            case KnobType.Float when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                return KnobValue.Float(number);
            default:
                throw new FormatException($"'{text}' is no value for knob '{knob.Name}'; give one of {knob.Describe()}.");
        }
    }
}
