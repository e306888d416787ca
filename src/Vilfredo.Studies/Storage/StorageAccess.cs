namespace Vilfredo.Studies;

/// <summary>What may happen to a study file.</summary>
public enum StorageAccess
{
    /// <summary>It is created when it is missing, read and written.</summary>
    Create,

    /// <summary>It must exist; it is read and written.</summary>
    ReadWrite,

    /// <summary>It must exist and is only read.</summary>
    Read,
}
