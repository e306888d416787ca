namespace Vilfredo.Studies.Reporting;

/// <summary>How a figure of a study looks.</summary>
public sealed record PlotOptions
{
    /// <summary>Width in pixels, at least 200.</summary>
    public int Width { get; init; } = 960;

    /// <summary>Height in pixels, at least 150.</summary>
    public int Height { get; init; } = 640;

    /// <summary>Pixels per unit of text and line width in a PNG: 2 for a figure that is sharp in print. SVG has no need of it.</summary>
    public int Resolution { get; init; } = 1;

    /// <summary>Light marks on a dark ground.</summary>
    public bool Dark { get; init; }

    /// <summary>The heading; <see langword="null"/> for the study's title, empty for none.</summary>
    public string? Title { get; init; }

    /// <summary>Whether the axis across is logarithmic; <see langword="null"/> chooses by the range.</summary>
    public bool? LogarithmicX { get; init; }

    /// <summary>Whether the axis up is logarithmic; <see langword="null"/> chooses by the range.</summary>
    public bool? LogarithmicY { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 200);
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 150);
        ArgumentOutOfRangeException.ThrowIfLessThan(Resolution, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Resolution, 8);
    }
}
