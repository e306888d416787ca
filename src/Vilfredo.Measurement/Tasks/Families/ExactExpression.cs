using System.Numerics;

namespace Vilfredo.Measurement.Tasks.Families;

/// <summary>
/// Evaluates an expression of whole numbers, + - * / and parentheses exactly, as a fraction, and lists the numbers used.
/// </summary>
internal sealed class ExactExpression
{
    private const int MaximumDepth = 64;

    private readonly string text;
    private int position;
    private int depth;

    private ExactExpression(string text) => this.text = text;

    /// <summary>The numbers in the order in which they stand.</summary>
    public List<BigInteger> Numbers { get; } = [];

    /// <summary>The value's numerator.</summary>
    public BigInteger Numerator { get; private set; }

    /// <summary>The value's denominator, not nought; the fraction need not be reduced.</summary>
    public BigInteger Denominator { get; private set; }

    /// <summary>The expression, or null when it is malformed, too long, nested too deeply, or divides by nought.</summary>
    public static ExactExpression? Evaluate(string text)
    {
        // Numerators and denominators grow with the text: the limit keeps the cost of hostile text low.
        if (text.Length > 500) return null;
        var parser = new ExactExpression(text);
        if (!parser.Sum(out var n, out var d)) return null;
        parser.Skip();
        if (parser.position != text.Length) return null;
        (parser.Numerator, parser.Denominator) = (n, d);
        return parser;
    }

    private bool Sum(out BigInteger n, out BigInteger d)
    {
        if (!Product(out n, out d)) return false;
        while (Next('+', '-') is var sign and not '\0')
        {
            if (!Product(out var n2, out var d2)) return false;
            (n, d) = (sign == '+' ? n * d2 + n2 * d : n * d2 - n2 * d, d * d2);
        }

        return true;
    }

    private bool Product(out BigInteger n, out BigInteger d)
    {
        if (!Factor(out n, out d)) return false;
        while (Next('*', '/') is var sign and not '\0')
        {
            if (!Factor(out var n2, out var d2) || (sign == '/' && n2.IsZero)) return false;
            (n, d) = sign == '*' ? (n * n2, d * d2) : (n * d2, d * n2);
        }

        return true;
    }

    private bool Factor(out BigInteger n, out BigInteger d)
    {
        (n, d) = (BigInteger.Zero, BigInteger.One);
        if (Next('(', '(') != '\0')
        {
            if (++depth > MaximumDepth || !Sum(out n, out d) || Next(')', ')') == '\0') return false;
            depth--;
            return true;
        }

        var start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position])) position++;
        if (!AnswerText.TryInteger(text[start..position], out n)) return false;
        Numbers.Add(n);
        return true;
    }

    private char Next(char first, char second)
    {
        Skip();
        return position < text.Length && (text[position] == first || text[position] == second) ? text[position++] : '\0';
    }

    private void Skip()
    {
        while (position < text.Length && text[position] == ' ') position++;
    }
}
