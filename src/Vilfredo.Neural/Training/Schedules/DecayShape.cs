namespace Vilfredo.Neural.Training.Schedules;

/// <summary>How a factor falls over the share p of the decay that is over.</summary>
public enum DecayShape
{
    /// <summary>1 - p.</summary>
    Linear,

    /// <summary>1 - sqrt(p): fast first, then slow.</summary>
    OneMinusSquareRoot,
}
