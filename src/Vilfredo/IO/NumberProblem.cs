namespace Vilfredo.IO;

/// <summary>Why a text is not accepted as a measurement.</summary>
public enum NumberProblem
{
    /// <summary>The text is a number.</summary>
    None,

    /// <summary>The text is not a number in the accepted notation.</summary>
    NotANumber,

    /// <summary>The text is NaN, which is an invalid measurement.</summary>
    NaN,

    /// <summary>The text is a finite number whose magnitude exceeds the largest <see cref="double"/>, such as <c>1e400</c>.</summary>
    OutOfRange,
}
