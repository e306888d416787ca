using System.Numerics;
using System.Text;

namespace Vilfredo.Measurement.Tasks.Families;

/// <summary>
/// Sums, differences and products of two numbers; the difficulty is the number of digits of each. The teacher works
/// digit by digit from the right, as on paper.
/// </summary>
public sealed class MultiDigitArithmetic : TaskFamily
{
    /// <inheritdoc/>
    public override string Name => "arithmetic";

    /// <inheritdoc/>
    public override string Description => "Add, subtract or multiply two numbers; the difficulty is their number of digits.";

    /// <inheritdoc/>
    public override int MaximumDifficulty => 20;

    internal override TaskDraft Draw(int difficulty, RandomGenerator random)
    {
        var (a, b) = (Number(difficulty, random), Number(difficulty, random));
        var sign = "+-*"[random.NextInt32(3)];
        if (sign == '-' && a < b) (a, b) = (b, a);
        var (low, high) = a < b ? (a, b) : (b, a);
        var answer = sign switch { '+' => a + b, '-' => a - b, _ => a * b };
        var steps = sign == '*' ? Multiply(a, b) : ByColumns(a, b, sign, difficulty);
        return new TaskDraft($"{high} {sign} {low}", $"What is {a} {sign} {b}?", $"{answer}", steps);
    }

    internal override Grade Judge(TaskItem item, string answer) => AnswerText.CompareIntegers(answer, item.Answer);

    private static BigInteger Number(int digits, RandomGenerator random)
    {
        var text = new StringBuilder().Append(1 + random.NextInt32(9));
        while (text.Length < digits) text.Append(random.NextInt32(10));
        return BigInteger.Parse(text.ToString());
    }

    private static List<TeacherStep> ByColumns(BigInteger a, BigInteger b, char sign, int digits)
    {
        var steps = new List<TeacherStep>();
        var carry = 0;
        for (var column = 0; column < digits; column++)
        {
            var (x, y) = (Digit(a, column), Digit(b, column));
            var value = sign == '+' ? x + y + carry : x - y - carry;
            var written = (value + 10) % 10;
            var next = value is < 0 or > 9 ? 1 : 0;
            var word = sign == '+' ? "carry" : "borrow";
            steps.Add(new TeacherStep(
                $"{written}, {word} {next}", $"{x} {sign} {y} {sign} {carry} = {value}: write {written}, {word} {next}"));
            carry = next;
        }

        return steps;
    }

    private static List<TeacherStep> Multiply(BigInteger a, BigInteger b)
    {
        var steps = new List<TeacherStep>();
        var (sum, place) = (BigInteger.Zero, BigInteger.One);
        for (var rest = b; rest > 0; rest /= 10, place *= 10)
        {
            var factor = rest % 10 * place;
            var product = a * factor;
            steps.Add(new TeacherStep($"{sum + product}", $"{a} * {factor} = {product}; {sum} + {product} = {sum + product}"));
            sum += product;
        }

        return steps;
    }

    private static int Digit(BigInteger number, int column) => (int)(number / BigInteger.Pow(10, column) % 10);
}
