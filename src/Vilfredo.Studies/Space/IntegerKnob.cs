using Vilfredo.Optimization;

namespace Vilfredo.Studies;

/// <summary>A whole-number knob on [<see cref="Low"/>, <see cref="High"/>], both included.</summary>
public sealed record IntegerKnob : Knob
{
    /// <summary>Creates a whole-number knob.</summary>
    /// <param name="name">The name.</param>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value.</param>
    /// <param name="log">Search on a logarithmic scale; needs <paramref name="low"/> of at least 1; not with a step.</param>
    /// <param name="step">The distance between neighbouring values, at least 1.</param>
    /// <exception cref="ArgumentException">The bounds are reversed or too large, or log and step do not fit them.</exception>
    public IntegerKnob(string name, long low, long high, bool log = false, long step = 1)
        : base(name)
    {
        if (low > high)
            throw new ArgumentException($"Knob '{name}': low {low} is above high {high}; swap them.");
        if (low < -KnobValue.LargestInteger || high > KnobValue.LargestInteger)
            throw new ArgumentException($"Knob '{name}': the bounds {low} and {high} must lie within ±2^53.");
        if (log && low < 1)
            throw new ArgumentException($"Knob '{name}': a logarithmic scale needs low of at least 1, not {low}.");
        if (step < 1)
            throw new ArgumentException($"Knob '{name}': the step must be at least 1, not {step}.");
        if (log && step != 1)
            throw new ArgumentException($"Knob '{name}': log and step cannot be combined; choose one.");
        Low = low;
        High = high;
        Log = log;
        Step = step;
    }

    /// <inheritdoc/>
    public override KnobType Type => KnobType.Integer;

    /// <summary>The smallest value.</summary>
    public long Low { get; }

    /// <summary>The largest value.</summary>
    public long High { get; }

    /// <summary>Whether the scale is logarithmic.</summary>
    public bool Log { get; }

    /// <summary>The distance between neighbouring values.</summary>
    public long Step { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable> ToVariables() =>
    [
        Log
            // Half a unit on both sides gives the ends the same share of the logarithmic scale as their neighbours.
            ? Variable.Real(Name, Math.Log(Low - 0.5), Math.Log(High + 0.5))
            : Variable.Integer(Name, 0, (High - Low) / Step),
    ];

    /// <inheritdoc/>
    public override bool Contains(KnobValue value) =>
        value.Type != KnobType.Categorical && value.Number >= Low && value.Number <= High
        && Math.Floor(value.Number) == value.Number && ((long)value.Number - Low) % Step == 0;

    /// <inheritdoc/>
    public override void Encode(KnobValue value, Span<double> variables) =>
        variables[0] = Log ? Math.Log(value.Number) : ((long)value.Number - Low) / Step;

    /// <inheritdoc/>
    public override KnobValue Decode(ReadOnlySpan<double> variables) => KnobValue.Integer(Log
        ? Math.Clamp((long)Math.Round(Math.Exp(variables[0])), Low, High)
        : Low + (long)variables[0] * Step);

    /// <inheritdoc/>
    public override string Describe() =>
        FormattableString.Invariant($"[{Low}, {High}] integer") + (Log ? " log" : Step > 1 ? FormattableString.Invariant($" step {Step}") : "");
}
