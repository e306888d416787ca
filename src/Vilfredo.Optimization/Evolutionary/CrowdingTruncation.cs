namespace Vilfredo.Optimization.Evolutionary;

/// <summary>How the front that does not fit the population as a whole is cut.</summary>
public enum CrowdingTruncation
{
    /// <summary>
    /// The points of largest crowding distance survive, distances being those in the whole front (Deb et al. 2002). Of a close
    /// group all may go, or all may stay.
    /// </summary>
    AtOnce,

    /// <summary>
    /// The most crowded point goes, the distances of its neighbours are measured anew, and so on (S. Kukkonen, K. Deb, "Improved
    /// pruning of non-dominated solutions based on crowding distance for bi-objective optimization problems", IEEE CEC 2006).
    /// Gives more evenly spread fronts at little cost.
    /// </summary>
    OneByOne,
}
