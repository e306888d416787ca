namespace Vilfredo.Studies;

/// <summary>What kind of value a knob takes.</summary>
public enum KnobType
{
    /// <summary>A real number.</summary>
    Float,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>One of a fixed set of texts.</summary>
    Categorical,

    /// <summary>An order of a fixed set of items; its values are texts, of the type <see cref="Categorical"/>.</summary>
    Order,
}
