using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Indicators;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>The commands <c>gd</c>, <c>gd-plus</c>, <c>igd</c> and <c>igd-plus</c>.</summary>
internal static class DistanceCommands
{
    /// <summary>Builds <c>vilfredo indicators gd</c>.</summary>
    public static CliCommand CreateGd(Terminal terminal) => ReferenceSetIndicator.Create(
        terminal,
        "gd",
        "Generational distance: mean distance of the points to the reference set.",
        (points, reference, objectives) => GenerationalDistance.Compute(points, reference, objectives));

    /// <summary>Builds <c>vilfredo indicators gd-plus</c>.</summary>
    public static CliCommand CreateGdPlus(Terminal terminal) => ReferenceSetIndicator.Create(
        terminal,
        "gd-plus",
        "GD+: as gd, but only what is worse than the reference set counts.",
        (points, reference, objectives) => GenerationalDistance.Plus(points, reference, objectives));

    /// <summary>Builds <c>vilfredo indicators igd</c>.</summary>
    public static CliCommand CreateIgd(Terminal terminal) => ReferenceSetIndicator.Create(
        terminal,
        "igd",
        "Inverted generational distance: mean distance of the reference set to the points.",
        (points, reference, objectives) => InvertedGenerationalDistance.Compute(points, reference, objectives));

    /// <summary>Builds <c>vilfredo indicators igd-plus</c>.</summary>
    public static CliCommand CreateIgdPlus(Terminal terminal) => ReferenceSetIndicator.Create(
        terminal,
        "igd-plus",
        "IGD+: as igd, but only what is worse than the reference set counts (weakly Pareto compliant).",
        (points, reference, objectives) => InvertedGenerationalDistance.Plus(points, reference, objectives));
}
