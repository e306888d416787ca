namespace Vilfredo;

/// <summary>Whether a smaller or a larger value of an objective is better.</summary>
public enum Direction
{
    /// <summary>Smaller is better (the convention inside every numeric routine).</summary>
    Minimize,

    /// <summary>Larger is better.</summary>
    Maximize,
}
