namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>How probable a model held a token that it wrote; what a response's list of log-probabilities is made of, whichever client gave it.</summary>
public interface ITokenLogProbability
{
    /// <summary>The natural logarithm of the token's probability, at most 0.</summary>
    double LogProbability { get; }
}
