using System.CommandLine;

namespace Vilfredo.Cli.Commands;

/// <summary>Options that mean the same in every command.</summary>
internal static class OutputOptions
{
    /// <summary>The option <c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "Write JSON for machines: one value, numbers at full precision.",
    };
}
