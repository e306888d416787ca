using System.Text;
using Spectre.Console;

namespace Vilfredo.Cli.Rendering;

/// <summary>Text on its way to a terminal.</summary>
internal static class TerminalText
{
    /// <summary>
    /// Names and values come from study files and from the output of programs. Control characters in them could move the
    /// cursor or change the terminal's state; they become a visible replacement, line breaks and tabs a space.
    /// </summary>
    internal static string Clean(string text)
    {
        if (!text.Any(IsControl))
            return text;

        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
            clean.Append(character is '\n' or '\r' or '\t' ? ' ' : IsControl(character) ? '?' : character);
        return clean.ToString();
    }

    /// <summary>Shortens a text to a number of terminal cells.</summary>
    internal static string Fit(string text, int cells, bool unicode)
    {
        if (text.GetCellWidth() <= cells)
            return text;

        var ellipsis = unicode ? "…" : "~";
        var kept = new StringBuilder();
        var used = 1;
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.ToString().GetCellWidth();
            if (used > cells)
                break;
            kept.Append(rune);
        }

        return cells < 1 ? "" : kept + ellipsis;
    }

    // C0 and C1 controls, and the marks that reorder text from right to left.
    private static bool IsControl(char character) =>
        char.IsControl(character) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
