using Vilfredo.Optimization;

namespace Vilfredo.Studies;

/// <summary>A real-valued knob on [<see cref="Low"/>, <see cref="High"/>], linear, logarithmic or on a grid of steps.</summary>
public sealed record FloatKnob : Knob
{
    /// <summary>Creates a real-valued knob.</summary>
    /// <param name="name">The name.</param>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value; with a step, the largest value that may be reached.</param>
    /// <param name="log">Search on a logarithmic scale; needs <paramref name="low"/> above 0.</param>
    /// <param name="step">The distance between neighbouring values, starting at <paramref name="low"/>; not with <paramref name="log"/>.</param>
    /// <exception cref="ArgumentException">The bounds are reversed or not finite, or log and step do not fit them.</exception>
    public FloatKnob(string name, double low, double high, bool log = false, double? step = null)
        : base(name)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high))
            throw new ArgumentException($"Knob '{name}': the bounds {low} and {high} must be finite.");
        if (low > high)
            throw new ArgumentException($"Knob '{name}': low {low} is above high {high}; swap them.");
        if (log && low <= 0)
            throw new ArgumentException($"Knob '{name}': a logarithmic scale needs low above 0, not {low}.");
        if (step is { } s && (!double.IsFinite(s) || s <= 0))
            throw new ArgumentException($"Knob '{name}': the step must be a finite number above 0, not {s}.");
        if (log && step is not null)
            throw new ArgumentException($"Knob '{name}': log and step cannot be combined; choose one.");
        Low = low;
        High = high;
        Log = log;
        Step = step;
    }

    /// <inheritdoc/>
    public override KnobType Type => KnobType.Float;

    /// <summary>The smallest value.</summary>
    public double Low { get; }

    /// <summary>The largest value.</summary>
    public double High { get; }

    /// <summary>Whether the scale is logarithmic.</summary>
    public bool Log { get; }

    /// <summary>The distance between neighbouring values, or <see langword="null"/> for all values.</summary>
    public double? Step { get; }

    // A hair of tolerance, so that 0 to 1 in steps of 0.1 has 11 values in spite of rounding.
    private long StepCount => (long)Math.Floor((High - Low) / Step!.Value * (1 + 1e-12) + 1e-9);

    /// <inheritdoc/>
    public override IReadOnlyList<Variable> ToVariables()
    {
        if (Step is not null) return [Variable.Integer(Name, 0, StepCount)];
        return [Log ? Variable.Real(Name, Math.Log(Low), Math.Log(High)) : Variable.Real(Name, Low, High)];
    }

    /// <inheritdoc/>
    public override bool Contains(KnobValue value)
    {
        if (value.Type == KnobType.Categorical || value.Number < Low || value.Number > High) return false;
        if (Step is not { } step) return true;
        var steps = (value.Number - Low) / step;
        return Math.Abs(steps - Math.Round(steps)) < 1e-6;
    }

    /// <inheritdoc/>
    public override void Encode(KnobValue value, Span<double> variables)
    {
        if (Step is { } step) variables[0] = Math.Round((value.Number - Low) / step);
        else variables[0] = Log ? Math.Log(value.Number) : value.Number;
    }

    /// <inheritdoc/>
    public override KnobValue Decode(ReadOnlySpan<double> variables)
    {
        var value = Step is { } step ? Low + variables[0] * step : Log ? Math.Exp(variables[0]) : variables[0];
        return KnobValue.Float(Math.Clamp(value, Low, High));
    }

    /// <inheritdoc/>
    public override string Describe() =>
        FormattableString.Invariant($"[{Low:R}, {High:R}]") + (Log ? " log" : Step is { } s ? FormattableString.Invariant($" step {s:R}") : "");
}
