using System.Globalization;
using System.Text.RegularExpressions;
using NCalc;
using NCalc.Exceptions;

namespace Vilfredo.Studies;

/// <summary>
/// A formula over named values, as study files use it for conditions and constraints: <c>tool == 'xz' and level &gt; 3</c>,
/// <c>a + b &lt;= 1</c>. Numbers and texts; arithmetic, comparisons, <c>and</c>, <c>or</c>, <c>not</c>, <c>in</c> and the
/// usual functions (<c>min</c>, <c>max</c>, <c>abs</c>, <c>log</c>, <c>sqrt</c>, <c>pow</c>, ...). It cannot call anything else.
/// </summary>
public sealed partial class KnobExpression : IEquatable<KnobExpression>
{
    private readonly Lock gate = new();
    private readonly Expression expression;
    private readonly Expression? excess;

    private KnobExpression(string text, Expression expression)
    {
        Text = text;
        this.expression = expression;
        if (SingleComparison().Match(text) is { Success: true } match)
        {
            var (left, right) = (match.Groups["left"].Value, match.Groups["right"].Value);
            excess = Create(match.Groups["sign"].Value[0] == '<' ? $"({left}) - ({right})" : $"({right}) - ({left})");
        }

        Names = [.. expression.GetParameterNames().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The formula as it was written.</summary>
    public string Text { get; }

    /// <summary>The names that the formula uses.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Parses a formula.</summary>
    /// <exception cref="FormatException">The text is not a formula; the message says where.</exception>
    public static KnobExpression Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var expression = Create(text);
        if (expression.HasErrors())
        {
            var reason = expression.Error?.InnerException?.Message ?? expression.Error?.Message;
            throw new FormatException($"'{text}' is not a formula ({reason?.TrimEnd('.')}); write it like: a + b <= 1.");
        }

        return new KnobExpression(text, expression);
    }

    /// <summary>Whether the formula is true.</summary>
    /// <param name="valueOf">
    /// The value of a name: a <see cref="double"/> or a <see cref="string"/>; <see langword="null"/> when it has none, in
    /// which case the formula counts as false.
    /// </param>
    /// <exception cref="FormatException">The formula does not give true or false, or calls an unknown function.</exception>
    public bool IsTrue(Func<string, object?> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        lock (gate)
        {
            foreach (var name in Names)
            {
                var value = valueOf(name);
                if (value is null) return false;
                expression.Parameters[name] = value;
            }

            return Evaluate(expression) is bool truth
                ? truth
                : throw new FormatException($"'{Text}' gives a value, not true or false; compare it, as in: ({Text}) <= 1.");
        }
    }

    /// <summary>
    /// By how much the formula is violated: 0 when it is true; the distance between both sides for a single comparison of
    /// numbers; else 1.
    /// </summary>
    /// <inheritdoc cref="IsTrue"/>
    public double Violation(Func<string, object?> valueOf)
    {
        if (IsTrue(valueOf)) return 0;
        if (excess is null) return 1;
        lock (gate)
        {
            foreach (var name in Names)
            {
                var value = valueOf(name);
                if (value is not double) return 1;
                excess.Parameters[name] = value;
            }

            // A strict comparison that fails by equality is violated all the same.
            return Evaluate(excess) is IConvertible number && Convert.ToDouble(number, CultureInfo.InvariantCulture) is > 0 and var distance ? distance : double.Epsilon;
        }
    }

    /// <inheritdoc/>
    public bool Equals(KnobExpression? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as KnobExpression);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static Expression Create(string text) =>
        new(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<left>[^<>=!&|'""]+)(?<sign><=|>=|<|>)(?<right>[^<>=!&|'""]+)$")]
    private static partial Regex SingleComparison();

    private object? Evaluate(Expression expression)
    {
        try
        {
            return expression.Evaluate();
        }
        catch (Exception error) when (error is NCalcException or FormatException or InvalidCastException or OverflowException)
        {
            throw new FormatException($"'{Text}' cannot be computed: {error.Message}", error);
        }
    }
}
