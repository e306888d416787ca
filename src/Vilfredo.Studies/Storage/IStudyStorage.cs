namespace Vilfredo.Studies;

/// <summary>Where studies are kept: named, append-only sequences of events. Safe for many threads and, where it is a file, processes.</summary>
public interface IStudyStorage : IDisposable
{
    /// <summary>Whether other processes may work on the same studies, so that leases and their extension matter.</summary>
    bool IsShared { get; }

    /// <summary>The names of the studies, in the order of their creation.</summary>
    IReadOnlyList<string> List();

    /// <summary>Creates a study with its first event.</summary>
    /// <exception cref="StudyStorageException">A study of that name exists, or the storage cannot be written.</exception>
    void Create(string study, StudyDefined definition);

    /// <summary>Removes a study and all its events.</summary>
    /// <exception cref="StudyStorageException">There is no such study, or the storage cannot be written.</exception>
    void Delete(string study);

    /// <summary>The events of a study after a position, in order.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="after">How many events the caller has already; 0 for all.</param>
    /// <exception cref="StudyStorageException">There is no such study, or the storage cannot be read.</exception>
    IReadOnlyList<StudyEvent> Read(string study, long after);

    /// <summary>Appends an event if nobody else has appended since the caller last read.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="expected">How many events the caller knows of; -1 to append whatever has happened.</param>
    /// <param name="entry">The event.</param>
    /// <param name="durable">Whether the event must survive a power failure when this returns; a crash of the process it always survives.</param>
    /// <returns>The event's position (1 for the first), or 0 when there are events that the caller does not know.</returns>
    /// <exception cref="StudyStorageException">There is no such study, or the storage cannot be written.</exception>
    long Append(string study, long expected, StudyEvent entry, bool durable);
}
