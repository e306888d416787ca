namespace Vilfredo.Inference.Strategies.Planning;

/// <summary>Where a plan is written.</summary>
public enum PlanPlacement
{
    /// <summary>In a call of its own before that for the answer.</summary>
    Call,

    /// <summary>At the beginning of the answer.</summary>
    Reply,

    /// <summary>Nowhere.</summary>
    None,
}
