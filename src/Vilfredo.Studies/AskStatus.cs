namespace Vilfredo.Studies;

/// <summary>What an ask gave.</summary>
public enum AskStatus
{
    /// <summary>A trial to measure.</summary>
    Trial,

    /// <summary>Nothing yet: results of running trials are needed first. Tell one, then ask again.</summary>
    Wait,

    /// <summary>Nothing any more: a limit of the budget is reached.</summary>
    BudgetSpent,

    /// <summary>Nothing any more: the sampler has proposed all it can, as a grid after its last point.</summary>
    Exhausted,
}
