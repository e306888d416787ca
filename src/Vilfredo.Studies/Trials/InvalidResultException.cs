namespace Vilfredo.Studies;

/// <summary>A result that a study refuses: the wrong number of values, NaN or infinity. The study is unchanged.</summary>
public sealed class InvalidResultException : ArgumentException
{
    /// <summary>Creates the exception with a message that says what was given and what is allowed.</summary>
    public InvalidResultException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public InvalidResultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public InvalidResultException()
    {
    }
}
