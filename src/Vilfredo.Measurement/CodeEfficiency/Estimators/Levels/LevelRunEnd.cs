namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;

/// <summary>Why a run over the levels ended.</summary>
public enum LevelRunEnd
{
    /// <summary>All levels were run, or a cost that was cut off ended it.</summary>
    Completed,

    /// <summary>The test after the last listed cost gave a wrong answer, or an error other than exhaustion.</summary>
    Wrong,

    /// <summary>The test after the last listed cost ran out of memory or overflowed: the level scores nothing and later ones are not run.</summary>
    Exhausted,
}
