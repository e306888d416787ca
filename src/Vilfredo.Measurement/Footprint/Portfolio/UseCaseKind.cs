namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>Kinds of use of artificial intelligence, each with a typical inference.</summary>
public enum UseCaseKind
{
    /// <summary>A generative model answers.</summary>
    Chat,

    /// <summary>A generative model answers from documents that are searched first.</summary>
    RetrievalAugmented,

    /// <summary>A generative model calls functions until it can answer.</summary>
    Agents,

    /// <summary>An image is classified.</summary>
    ComputerVision,

    /// <summary>A text is classified or embedded by a small model.</summary>
    LanguageProcessing,

    /// <summary>A row of a table is scored.</summary>
    Tabular,
}
