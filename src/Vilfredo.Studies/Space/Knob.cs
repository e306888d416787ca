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

    /// <summary>The decision variable through which optimisers see the knob.</summary>
    public abstract Variable ToVariable();

    /// <summary>Whether a value is one that the knob can take.</summary>
    public abstract bool Contains(KnobValue value);

    /// <summary>The decision-variable value of a knob value that <see cref="Contains"/> accepts.</summary>
    public abstract double Encode(KnobValue value);

    /// <summary>The knob value of a decision-variable value within the variable's bounds.</summary>
    public abstract KnobValue Decode(double variable);

    /// <summary>A random value, uniform on the knob's scale.</summary>
    internal KnobValue Sample(RandomGenerator random)
    {
        Span<double> value = stackalloc double[1];
        new DecisionSpace([ToVariable()]).Sample(random, value);
        return Decode(value[0]);
    }

    /// <summary>The range as tables show it, such as <c>[1, 9] integer</c>.</summary>
    public abstract string Describe();
}
