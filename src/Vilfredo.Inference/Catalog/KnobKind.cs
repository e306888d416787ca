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

    /// <summary>The name of a model that plays a part in the strategy; the strategy's own model when left out.</summary>
    Model,

    /// <summary>The path of a file or folder, relative to the file that names it. Requests to a server cannot set it.</summary>
    File,

    /// <summary>The names of some models, with commas between them, that play a part in the strategy in turn; the strategy's own model when left out.</summary>
    Models,
}
