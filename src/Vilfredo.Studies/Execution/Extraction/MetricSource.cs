namespace Vilfredo.Studies.Execution;

/// <summary>Where the value of an objective comes from after a process has run.</summary>
public abstract record MetricSource
{
    private protected MetricSource()
    {
    }

    /// <summary>What is looked for, in a few words for messages.</summary>
    public abstract string Description { get; }
}

