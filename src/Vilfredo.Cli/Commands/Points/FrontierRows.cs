namespace Vilfredo.Cli.Commands.Points;

/// <summary>The frontier of a <see cref="ResultTable"/>.</summary>
/// <param name="Rows">The non-dominated rows, ascending.</param>
/// <param name="Knee">The row of the knee, or <see langword="null"/> when there is none.</param>
internal sealed record FrontierRows(IReadOnlyList<int> Rows, int? Knee);
