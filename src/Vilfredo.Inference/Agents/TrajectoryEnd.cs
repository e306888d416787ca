namespace Vilfredo.Inference.Agents;

/// <summary>Why an agent takes no more steps.</summary>
public enum TrajectoryEnd
{
    /// <summary>It does: the trajectory goes on.</summary>
    None,

    /// <summary>It answered.</summary>
    Answered,

    /// <summary>It took all the steps that it may.</summary>
    Steps,

    /// <summary>It was caught in a loop.</summary>
    Loop,

    /// <summary>The budget allows no further step with an answer after it.</summary>
    Budget,

    /// <summary>A call failed.</summary>
    Failure,

    /// <summary>It asked for a tool that only the caller can run.</summary>
    Handed,
}
