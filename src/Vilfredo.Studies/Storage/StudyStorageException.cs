namespace Vilfredo.Studies;

/// <summary>A storage cannot do what was asked; the message names the storage, the reason and the mend. Nothing was changed.</summary>
public sealed class StudyStorageException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StudyStorageException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public StudyStorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the same request may succeed later: the storage is locked by another program, or its disk is full or fails.</summary>
    public bool CanBeRetried { get; init; }

    /// <summary>Creates the exception without a message.</summary>
    public StudyStorageException()
    {
    }
}
