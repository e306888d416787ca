namespace Vilfredo.Measurement.Tasks;

/// <summary>What a checker says of a response.</summary>
public enum Grade
{
    /// <summary>There is no answer in the response, or it is not of the form asked for.</summary>
    IllFormed,

    /// <summary>A well-formed answer that is wrong.</summary>
    Wrong,

    /// <summary>A right answer.</summary>
    Correct,
}
