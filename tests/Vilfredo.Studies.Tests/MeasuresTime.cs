namespace Vilfredo.Studies.Tests;

/// <summary>Tests that measure how long something takes run alone, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class MeasuresTime
{
    public const string Name = "measures time";
}
