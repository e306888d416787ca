using System.Globalization;

namespace Vilfredo.Studies;

/// <summary>The value of one knob: a real number, a whole number or a text: one of the knob's choices, or the items of an order.</summary>
/// <remarks>Equality is by type and content; <see cref="ToString"/> is the invariant text that commands receive.</remarks>
public readonly record struct KnobValue
{
    /// <summary>Whole numbers are exact up to this magnitude (2^53).</summary>
    public const long LargestInteger = 1L << 53;

    private readonly double number;
    private readonly string? text;

    private KnobValue(KnobType type, double number, string? text)
    {
        Type = type;
        this.number = number;
        this.text = text;
    }

    /// <summary>What kind of value this is.</summary>
    public KnobType Type { get; }

    /// <summary>The numeric value.</summary>
    /// <exception cref="InvalidOperationException">The value is categorical.</exception>
    public double Number => Type != KnobType.Categorical
        ? number
        : throw new InvalidOperationException($"The value '{text}' is categorical and has no number.");

    /// <summary>The chosen text.</summary>
    /// <exception cref="InvalidOperationException">The value is numeric.</exception>
    public string Text => Type == KnobType.Categorical
        ? text!
        : throw new InvalidOperationException($"The value {ToString()} is a number, not a choice.");

    /// <summary>A real value.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is not finite.</exception>
    public static KnobValue Float(double value) => double.IsFinite(value)
        ? new KnobValue(KnobType.Float, value, null)
        : throw new ArgumentException($"A knob's value must be finite, not {value}.", nameof(value));

    /// <summary>A whole value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The magnitude exceeds <see cref="LargestInteger"/>.</exception>
    public static KnobValue Integer(long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestInteger);
        ArgumentOutOfRangeException.ThrowIfLessThan(value, -LargestInteger);
        return new KnobValue(KnobType.Integer, value, null);
    }

    /// <summary>A chosen text.</summary>
    public static KnobValue Choice(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new KnobValue(KnobType.Categorical, 0, value);
    }

    /// <summary>The value as commands and files spell it: shortest text that reads back to the same number, or the choice.</summary>
    public override string ToString() => Type == KnobType.Categorical
        ? text!
        : number.ToString("R", CultureInfo.InvariantCulture);
}
