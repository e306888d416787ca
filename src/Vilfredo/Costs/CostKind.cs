namespace Vilfredo;

/// <summary>The kinds of cost that are counted. Their units, names and rules are in <see cref="CostUnit"/>.</summary>
public enum CostKind
{
    /// <summary>Elapsed time in seconds.</summary>
    WallTime,

    /// <summary>Processor time over all threads, in seconds.</summary>
    CpuTime,

    /// <summary>Floating-point operations.</summary>
    Flops,

    /// <summary>Tokens read by a language model.</summary>
    PromptTokens,

    /// <summary>Tokens written by a language model.</summary>
    CompletionTokens,

    /// <summary>Money, in the currency of the vector.</summary>
    Money,

    /// <summary>Energy in joules.</summary>
    Energy,

    /// <summary>Greenhouse gases in grams of CO2 equivalent.</summary>
    Carbon,

    /// <summary>The largest memory in use at one time, in bytes.</summary>
    PeakMemory,

    /// <summary>Parameters of the model in use.</summary>
    Parameters,

    /// <summary>Bytes sent over a network.</summary>
    BytesSent,

    /// <summary>Labels asked of an annotator.</summary>
    Labels,

    /// <summary>Evaluations of an objective, a simulator or a verifier.</summary>
    Evaluations,
}
