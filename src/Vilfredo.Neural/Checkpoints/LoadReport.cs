namespace Vilfredo.Neural.Checkpoints;

/// <summary>How a checkpoint and a module agreed.</summary>
/// <param name="Loaded">Names that were read.</param>
/// <param name="Missing">Names of the module that the checkpoint does not have.</param>
/// <param name="Unexpected">Names of the checkpoint that the module does not have.</param>
/// <param name="Mismatched">Names whose shapes or types do not fit, with both.</param>
public sealed record LoadReport(IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> Mismatched);
