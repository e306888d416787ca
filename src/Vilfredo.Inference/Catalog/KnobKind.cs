namespace Vilfredo.Inference.Catalog;

/// <summary>What a knob of a strategy takes.</summary>
public enum KnobKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>One of some words.</summary>
    Choice,

    /// <summary>A list of whole numbers, written <c>8-4-1</c> where it is one value of a search space.</summary>
    Integers,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>A file or folder. In a file it is taken relative to that file.</summary>
    File,

    /// <summary>The name of a model that plays a part in the strategy; the strategy's own model when left out.</summary>
    Model,
}
