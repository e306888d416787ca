namespace Vilfredo.Measurement.CodeEfficiency.Running.Policy;

/// <summary>Something in a compiled sample that the policy does not allow.</summary>
/// <param name="Subject">What: a type, a member, or a kind of thing.</param>
/// <param name="Reason">Why it is refused.</param>
public sealed record PolicyViolation(string Subject, string Reason)
{
    /// <summary>Subject and reason in one line.</summary>
    public override string ToString() => $"{Subject}: {Reason}";
}
