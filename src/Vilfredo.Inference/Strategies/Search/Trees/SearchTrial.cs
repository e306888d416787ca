using System.Text.Json.Serialization;

namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>A place where the tree grows, or is to grow.</summary>
/// <param name="Id">Its number, from 0, in the order of asking.</param>
/// <param name="Parent">The number of the node that gets a child.</param>
/// <param name="Action">How the child is made: a number that the user of the search gives a meaning, such as a model or a kind of step; in a particle filter, the particle.</param>
/// <param name="Node">The number of the child, once it is there.</param>
/// <param name="HasFailed">Whether there will be none.</param>
public sealed record SearchTrial(int Id, int Parent, int Action, int? Node = null, bool HasFailed = false)
{
    /// <summary>Whether nothing has been told of it yet.</summary>
    [JsonIgnore]
    public bool IsPending => Node is null && !HasFailed;
}
