namespace Vilfredo.Neural.Hourglass;

/// <summary>The function between the two matrices of a block.</summary>
public enum Activation
{
    /// <summary>x times the normal distribution function of x.</summary>
    Gelu,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x / (1 + e^-x).</summary>
    Silu,
}
