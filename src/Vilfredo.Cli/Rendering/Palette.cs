using Spectre.Console;

namespace Vilfredo.Cli.Rendering;

/// <summary>
/// The colours of the roles in a terminal: Okabe and Ito's palette as in the other pictures, in shades that stand out on
/// light and dark grounds. Every role has its own shape as well.
/// </summary>
internal static class Palette
{
    internal static Style Frontier { get; } = new(new Color(0x2f, 0x9a, 0xe0), decoration: Decoration.Bold);

    internal static Style Staircase { get; } = new(new Color(0x2f, 0x9a, 0xe0));

    internal static Style Knee { get; } = new(new Color(0xe6, 0x6a, 0x10), decoration: Decoration.Bold);

    internal static Style Dominated { get; } = new(Color.Grey);

    internal static Style Infeasible { get; } = new(new Color(0xc0, 0x70, 0xa8));

    internal static Style Quiet { get; } = new(Color.Grey);

    internal static Style Trouble { get; } = new(new Color(0xe6, 0x6a, 0x10));
}
