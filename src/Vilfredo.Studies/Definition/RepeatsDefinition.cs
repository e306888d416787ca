namespace Vilfredo.Studies;

/// <summary>How often each configuration is measured.</summary>
public sealed record RepeatsDefinition
{
    /// <summary>How many measurements one trial takes, at least 1; its values are their means.</summary>
    public int PerTrial { get; init; } = 1;

    /// <summary>Whether further trials repeat the configurations whose membership of the frontier is undecided.</summary>
    public bool Auto { get; init; }

    /// <summary>With <see cref="Auto"/>: the most measurements that one configuration gets.</summary>
    public int Maximum { get; init; } = 20;
}
