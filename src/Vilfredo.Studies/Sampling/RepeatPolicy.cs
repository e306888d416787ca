namespace Vilfredo.Studies;

/// <summary>Decides whether the next trial repeats an earlier one or is a new proposal.</summary>
internal sealed class RepeatPolicy(StudyDefinition definition)
{
    /// <summary>The trial to repeat, if any, or that results must come in first.</summary>
    public (bool MustWait, int? Trial) Decide(StudyState state)
    {
        _ = definition;
        _ = state;
        return default;
    }
}
