namespace Vilfredo.Studies;

/// <summary>What a comparison knows about chance.</summary>
public enum ChanceSource
{
    /// <summary>Nothing: one run each, measured once.</summary>
    None,

    /// <summary>How the measurements of one run each scatter; not how another run would have searched.</summary>
    Repeats,

    /// <summary>How several runs differ.</summary>
    Runs,
}
