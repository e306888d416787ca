namespace Vilfredo.Studies;

/// <summary>What became of a told result. Whatever it is, the result is kept.</summary>
public enum TellStatus
{
    /// <summary>It is the trial's result.</summary>
    Counted,

    /// <summary>It came after its lease had ended and is the trial's result, since there is no other.</summary>
    CountedLate,

    /// <summary>The same attempt had been told before; the first result stands.</summary>
    Duplicate,

    /// <summary>It came after its lease had ended, when the trial had another result; that one stands.</summary>
    Superseded,
}
