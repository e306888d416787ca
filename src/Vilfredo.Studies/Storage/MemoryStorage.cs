namespace Vilfredo.Studies;

/// <summary>Keeps studies in memory, for tests and for searches whose trials need not outlive the process.</summary>
public sealed class MemoryStorage : IStudyStorage
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, List<StudyEvent>> studies = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> List()
    {
        lock (gate) return [.. studies.Keys];
    }

    /// <inheritdoc/>
    public void Create(string study, StudyDefined definition)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(study);
        lock (gate)
        {
            if (!studies.TryAdd(study, [definition]))
                throw new StudyStorageException($"A study named '{study}' exists already; resume it, delete it or choose another name.");
        }
    }

    /// <inheritdoc/>
    public void Delete(string study)
    {
        lock (gate)
        {
            if (!studies.Remove(study)) throw Missing(study);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StudyEvent> Read(string study, long after)
    {
        lock (gate)
        {
            var events = Events(study);
            return after >= events.Count ? [] : events.GetRange((int)after, events.Count - (int)after);
        }
    }

    /// <inheritdoc/>
    public long Append(string study, long expected, StudyEvent entry, bool durable)
    {
        lock (gate)
        {
            var events = Events(study);
            if (expected >= 0 && expected != events.Count) return 0;
            events.Add(entry);
            return events.Count;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private List<StudyEvent> Events(string study) => studies.TryGetValue(study, out var events) ? events : throw Missing(study);

    private static StudyStorageException Missing(string study) =>
        new($"There is no study named '{study}'; 'list' shows the ones there are.");
}
