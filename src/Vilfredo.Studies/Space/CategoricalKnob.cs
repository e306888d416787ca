using Vilfredo.Optimization;

namespace Vilfredo.Studies;

/// <summary>A knob that takes one of a fixed set of texts.</summary>
public sealed record CategoricalKnob : Knob
{
    private readonly string[] choices;

    /// <summary>Creates a categorical knob.</summary>
    /// <exception cref="ArgumentException">There is no choice, or one occurs twice.</exception>
    public CategoricalKnob(string name, IEnumerable<string> choices)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(choices);
        this.choices = [.. choices];
        if (this.choices.Length == 0)
            throw new ArgumentException($"Knob '{name}' has no choices; give at least one.", nameof(choices));
        var twice = this.choices.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new ArgumentException($"Knob '{name}' lists the choice '{twice.Key}' twice; list it once.", nameof(choices));
    }

    /// <inheritdoc/>
    public override KnobType Type => KnobType.Categorical;

    /// <summary>The choices, in the order in which they were given.</summary>
    public IReadOnlyList<string> Choices => choices;

    /// <inheritdoc/>
    public override IReadOnlyList<Variable> ToVariables() => [Variable.Categorical(Name, choices.Length)];

    /// <inheritdoc/>
    public override bool Contains(KnobValue value) =>
        value.Type == KnobType.Categorical && Array.IndexOf(choices, value.Text) >= 0;

    /// <inheritdoc/>
    public override void Encode(KnobValue value, Span<double> variables) => variables[0] = Array.IndexOf(choices, value.Text);

    /// <inheritdoc/>
    public override KnobValue Decode(ReadOnlySpan<double> variables) => KnobValue.Choice(choices[(int)variables[0]]);

    /// <inheritdoc/>
    public override string Describe() => $"{{{string.Join(", ", choices)}}}";

    /// <summary>Whether both have the same name, choices, condition and default.</summary>
    public bool Equals(CategoricalKnob? other) => other is not null && base.Equals(other) && choices.SequenceEqual(other.choices);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), choices.Length, choices[0]);
}
