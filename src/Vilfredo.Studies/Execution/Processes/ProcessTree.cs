namespace Vilfredo.Studies.Execution;

/// <summary>The descendants of one child process, found and killed (Linux; elsewhere only its process group is).</summary>
/// <remarks>
/// A process belongs to the tree when it is in the child's session or group, when a chain of parents leads to the child,
/// when it was seen in the tree before (it may have left since), or when it was started with the run's marker in its
/// environment (a daemon that has left session, group and parent). Only a process that leaves all of these between two
/// looks, with an emptied environment, escapes.
/// </remarks>
internal sealed class ProcessTree(int root, string runMarker)
{
    /// <summary>Runs longer than this look at all processes, not only at those with ids above the child's.</summary>
    private static readonly TimeSpan IdsMayHaveWrapped = TimeSpan.FromSeconds(30);

    /// <summary>Everything ever seen in the tree, with its start time to tell it from a later process with its id.</summary>
    private readonly Dictionary<int, ulong> _seen = [];

    /// <summary>Remembers a descendant that was met while sampling.</summary>
    public void Remember(int process)
    {
        if (!_seen.ContainsKey(process) && LinuxProcess.TryRead(process, out var found)) _seen[process] = found.StartTime;
    }

    /// <summary>The live members other than the child itself.</summary>
    /// <param name="age">How long the child has been running.</param>
    public List<int> LiveDescendants(TimeSpan age)
    {
        if (!OperatingSystem.IsLinux()) return [];

        // Ids are given in rising order, so a descendant's is above the child's unless the counter has wrapped around.
        var lookAtAll = age > IdsMayHaveWrapped || LinuxProcess.NewestId() < root;
        var candidates = new List<LinuxProcess>();
        foreach (var id in LinuxProcess.All())
        {
            if ((lookAtAll || id > root) && id != root && id != System.Environment.ProcessId
                && LinuxProcess.TryRead(id, out var process) && !process.IsDead)
            {
                candidates.Add(process);
            }
        }

        var members = new HashSet<int> { root };
        foreach (var candidate in candidates)
        {
            if (IsMember(candidate)) members.Add(candidate.Id);
        }

        while (candidates.Any(candidate => members.Contains(candidate.Parent) && members.Add(candidate.Id)))
        {
            // Until no candidate's parent is a member that the candidate itself is not.
        }

        var live = candidates.Where(candidate => members.Contains(candidate.Id)).ToList();
        foreach (var process in live) _seen[process.Id] = process.StartTime;
        return live.ConvertAll(process => process.Id);
    }

    /// <summary>Sends a signal to the child's group and to the given members outside of it.</summary>
    public void Signal(int signal, IEnumerable<int> descendants)
    {
        _ = LibC.Kill(-root, signal);
        foreach (var process in descendants) _ = LibC.Kill(process, signal);
    }

    private bool IsMember(LinuxProcess process) =>
        process.Session == root
        || process.Group == root
        || (_seen.TryGetValue(process.Id, out var start) && start == process.StartTime)
        || LinuxProcess.EnvironmentOf(process.Id, TrialMarker.RunVariable) == runMarker;
}
