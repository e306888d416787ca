using Vilfredo.Optimization;

namespace Vilfredo.Studies;

/// <summary>One thing that a study may turn: its name, the values it can take and when it is active.</summary>
public abstract record Knob
{
    private protected Knob(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The name, unique within its space.</summary>
    public string Name { get; }

    /// <summary>What kind of value the knob takes.</summary>
    public abstract KnobType Type { get; }

    /// <summary>
    /// A condition over knobs that come earlier in the space; the knob is active when it is true. <see langword="null"/>:
    /// always active.
    /// </summary>
    public KnobExpression? When { get; init; }

    /// <summary>
    /// The value that trials made before the knob existed count as having had, and that a warm start uses;
    /// <see langword="null"/>: none.
    /// </summary>
    public KnobValue? Default { get; init; }

    /// <summary>The decision variables through which optimisers see the knob: one, but for an order, which has one key per item.</summary>
    public abstract IReadOnlyList<Variable> ToVariables();

    /// <summary>Whether a value is one that the knob can take.</summary>
    public abstract bool Contains(KnobValue value);

    /// <summary>The decision variables of a knob value that <see cref="Contains"/> accepts.</summary>
    /// <param name="value">The value.</param>
    /// <param name="variables">Receives one number per variable.</param>
    public abstract void Encode(KnobValue value, Span<double> variables);

    /// <summary>The knob value of decision variables within their bounds.</summary>
    /// <param name="variables">One number per variable.</param>
    public abstract KnobValue Decode(ReadOnlySpan<double> variables);

    /// <summary>A random value, uniform on the knob's scale.</summary>
    internal KnobValue Sample(RandomGenerator random)
    {
        var space = new DecisionSpace(ToVariables());
        Span<double> variables = space.Count <= 64 ? stackalloc double[space.Count] : new double[space.Count];
        space.Sample(random, variables);
        return Decode(variables);
    }

    /// <summary>The range as tables show it, such as <c>[1, 9] integer</c>.</summary>
    public abstract string Describe();
}
