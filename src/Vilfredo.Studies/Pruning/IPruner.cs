namespace Vilfredo.Studies;

/// <summary>A rule that ends unpromising trials before they are done. A pure function of the study's state.</summary>
internal interface IPruner
{
    /// <summary>Why a running trial should end after its last report; null when it should go on.</summary>
    /// <param name="state">Everything reported and told so far, the trial's last report included.</param>
    /// <param name="trial">The trial; it has at least one report.</param>
    string? Decide(StudyState state, TrialRecord trial);
}
