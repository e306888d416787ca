namespace Vilfredo.Measurement.OffPolicy.Selection;

/// <summary>How a lower confidence bound of a mean is taken.</summary>
public enum LowerBoundMethod
{
    /// <summary>Hoeffding (1963): x̄ − R √(log(1/α) / (2 n)), for values within a range of length R.</summary>
    Hoeffding,

    /// <summary>The empirical Bernstein bound of Maurer and Pontil (2009): x̄ − 7 R log(2/α) / (3 (n − 1)) − √(2 Var log(2/α) / n).</summary>
    EmpiricalBernstein,

    /// <summary>Student's t: exact for normal values, and for many values of any law.</summary>
    StudentT,

    /// <summary>The α quantile of the means of 1,000 resamples.</summary>
    Bootstrap,
}
