namespace Vilfredo.Cli.Rendering;

/// <summary>
/// A picture of dots in terminal cells, two across and four down per cell (the braille patterns of Unicode, U+2800), each
/// cell in the role of the most important thing in it. A cell may hold a mark instead, which covers its dots.
/// </summary>
internal sealed class BrailleCanvas
{
    private const char Blank = '\u2800';

    // The bit of the dot at (column, row) within a cell; the standard's numbering runs down, with the last row added later.
    private static readonly int[,] Bits = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    private readonly int[] dots;
    private readonly char[] marks;
    private readonly Role[] roles;

    internal BrailleCanvas(int columns, int rows)
    {
        Columns = columns;
        Rows = rows;
        dots = new int[columns * rows];
        marks = new char[columns * rows];
        roles = new Role[columns * rows];
    }

    /// <summary>What a cell shows; a later role covers an earlier one.</summary>
    internal enum Role
    {
        Nothing,
        Dominated,
        Infeasible,
        Staircase,
        Frontier,
        Knee,
    }

    internal int Columns { get; }

    internal int Rows { get; }

    /// <summary>Sets a dot at fractions of the picture's width (from the left) and height (from the bottom).</summary>
    internal void Dot(double across, double up, Role role)
    {
        if (!IsInside(across, up))
            return;
        var x = (int)Math.Round(across * (2 * Columns - 1));
        var y = (int)Math.Round((1 - up) * (4 * Rows - 1));
        var cell = (y / 4 * Columns) + (x / 2);
        dots[cell] |= Bits[x % 2, y % 4];
        roles[cell] = Later(roles[cell], role);
    }

    /// <summary>Puts a character into the cell at these fractions, unless a later role has it.</summary>
    internal void Mark(double across, double up, Role role, char mark)
    {
        if (!IsInside(across, up))
            return;
        var cell = (Row(up) * Columns) + Column(across);
        if (marks[cell] != '\0' && roles[cell] > role)
            return;
        marks[cell] = mark;
        roles[cell] = Later(roles[cell], role);
    }

    /// <summary>Draws a horizontal or vertical line of dots.</summary>
    internal void Line(double fromAcross, double fromUp, double toAcross, double toUp, Role role)
    {
        var steps = (int)Math.Ceiling(Math.Max(Math.Abs(toAcross - fromAcross) * 2 * Columns, Math.Abs(toUp - fromUp) * 4 * Rows));
        for (var i = 0; i <= steps; i++)
        {
            var part = steps == 0 ? 0 : (double)i / steps;
            Dot(fromAcross + part * (toAcross - fromAcross), fromUp + part * (toUp - fromUp), role);
        }
    }

    internal int Column(double across) => (int)Math.Round(across * (2 * Columns - 1)) / 2;

    internal int Row(double up) => (int)Math.Round((1 - up) * (4 * Rows - 1)) / 4;

    /// <summary>What to write into a cell. Without Unicode, dots become a character for their role.</summary>
    internal (char Character, Role Role) Cell(int column, int row, bool unicode)
    {
        var cell = (row * Columns) + column;
        if (marks[cell] != '\0')
            return (marks[cell], roles[cell]);
        if (dots[cell] == 0)
            return (' ', Role.Nothing);
        return (unicode ? (char)(Blank + dots[cell]) : PlainDots(dots[cell], roles[cell]), roles[cell]);
    }

    private static char PlainDots(int dots, Role role)
    {
        if (role != Role.Staircase)
            return '.';
        var left = dots & 0x47;
        var right = dots & 0xb8;
        if (left != 0 && right != 0)
            return IsSingleRow(dots) ? '-' : '+';
        return '|';
    }

    private static bool IsSingleRow(int dots)
    {
        for (var row = 0; row < 4; row++)
        {
            var bits = Bits[0, row] | Bits[1, row];
            if ((dots & ~bits) == 0)
                return true;
        }

        return false;
    }

    private static bool IsInside(double across, double up) => across is >= 0 and <= 1 && up is >= 0 and <= 1;

    private static Role Later(Role a, Role b) => a > b ? a : b;
}
