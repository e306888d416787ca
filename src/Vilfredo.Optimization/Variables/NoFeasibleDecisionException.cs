namespace Vilfredo.Optimization;

/// <summary>No point of a decision space was found that satisfies its filter.</summary>
public sealed class NoFeasibleDecisionException : InvalidOperationException
{
    /// <summary>Creates the exception with a message that says what was tried and how to mend it.</summary>
    public NoFeasibleDecisionException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a general message.</summary>
    public NoFeasibleDecisionException()
        : this("No point of the decision space satisfies its filter.")
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    public NoFeasibleDecisionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
