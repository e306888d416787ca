namespace Vilfredo.Studies;

/// <summary>What of a preference a sampler makes use of.</summary>
internal enum PreferenceUse
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Ranges of the objectives.</summary>
    Ranges,

    /// <summary>Reference points or weights, which it needs, and ranges.</summary>
    All,
}
