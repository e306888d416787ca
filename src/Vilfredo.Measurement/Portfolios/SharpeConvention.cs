namespace Vilfredo.Measurement.Portfolios;

/// <summary>How SharpeRatio@k is computed; the paper's text and its published code and figures differ.</summary>
public enum SharpeConvention
{
    /// <summary>
    /// As in the code and the figures (SCOPE-RL): the standard deviation divides by k − 1, the baseline policy does not join the
    /// candidates, a gain below 0 counts as 0, and k = 1 gives NaN.
    /// </summary>
    ScopeRl,

    /// <summary>
    /// As in the text: the standard deviation divides by k, and the baseline policy is one of the candidates. Pass it as a
    /// candidate; the shortlist that holds it, or beats it, has a ratio of at least 0.
    /// </summary>
    Text,
}
