namespace Vilfredo;

/// <summary>One goal of a trade-off: its name, which way is better, and the unit its values are in.</summary>
/// <remarks>
/// Values are stored and shown in the user's direction. Numeric routines minimise; <see cref="ToMinimization"/> is the
/// only place where the sign changes.
/// </remarks>
public sealed record Objective
{
    /// <summary>Creates an objective.</summary>
    /// <param name="name">A non-empty name, unique within its study.</param>
    /// <param name="direction">Which way is better.</param>
    /// <param name="unit">The unit of the values, such as <c>s</c> or <c>bytes</c>; <see langword="null"/> when there is none.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    public Objective(string name, Direction direction = Direction.Minimize, string? unit = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Direction = direction;
        Unit = string.IsNullOrWhiteSpace(unit) ? null : unit;
    }

    /// <summary>The name, unique within its study.</summary>
    public string Name { get; }

    /// <summary>Which way is better.</summary>
    public Direction Direction { get; }

    /// <summary>The unit of the values, or <see langword="null"/>.</summary>
    public string? Unit { get; }

    /// <summary>The name with its unit in brackets, as axis titles and table headers show it: <c>time [s]</c>.</summary>
    public string Label => Unit is null ? Name : $"{Name} [{Unit}]";

    /// <summary>An objective whose smaller values are better.</summary>
    public static Objective Minimize(string name, string? unit = null) => new(name, Direction.Minimize, unit);

    /// <summary>An objective whose larger values are better.</summary>
    public static Objective Maximize(string name, string? unit = null) => new(name, Direction.Maximize, unit);

    /// <summary>Maps a value in the user's direction to one that is to be minimised. Its own inverse.</summary>
    public double ToMinimization(double value) => Direction == Direction.Maximize ? -value : value;
}
