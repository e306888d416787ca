namespace Vilfredo.Studies;

/// <summary>Thrown by an objective to end its trial after <see cref="Trial.Report"/> has said that it is not worth going on. The trial is then pruned, not failed.</summary>
public sealed class TrialPrunedException : Exception
{
    /// <summary>Without a reason of its own.</summary>
    public TrialPrunedException()
        : base("pruned by the objective")
    {
    }

    /// <summary>With a reason.</summary>
    /// <param name="message">Why.</param>
    public TrialPrunedException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and what led to it.</summary>
    /// <param name="message">Why.</param>
    /// <param name="inner">What led to it.</param>
    public TrialPrunedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
