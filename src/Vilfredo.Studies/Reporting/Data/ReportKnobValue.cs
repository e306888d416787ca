using System.Globalization;

namespace Vilfredo.Studies.Reporting;

/// <summary>The value a trial gave a knob.</summary>
/// <param name="Text">The value as text.</param>
/// <param name="Number">The value as a finite number when the knob is numeric; else <see langword="null"/>.</param>
public readonly record struct ReportKnobValue(string Text, double? Number = null)
{
    /// <summary>A numeric value, with its shortest text that reads back as the same number.</summary>
    public static ReportKnobValue Of(double number) => new(number.ToString("R", CultureInfo.InvariantCulture), number);

    /// <summary>A categorical value.</summary>
    public static ReportKnobValue Of(string choice) => new(choice);
}
