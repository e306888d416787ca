namespace Vilfredo.Reproductions;

/// <summary>How much of a study is run.</summary>
public enum Scale
{
    /// <summary>Under 10 seconds: shows that the study works, judges next to nothing.</summary>
    Smoke,

    /// <summary>Under 2 minutes on 2 cores.</summary>
    Quick,

    /// <summary>Under 45 minutes on 2 cores: the scale that is recorded.</summary>
    Full,
}
