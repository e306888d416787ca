using System.Numerics;

namespace Vilfredo.Measurement.Tasks.Families;

/// <summary>
/// Reach a target from given numbers with + - * / and parentheses, each number at most once. The difficulty is one less
/// than how many numbers there are. Any expression with the exact value is right; the teacher's uses all numbers.
/// </summary>
public sealed class Countdown : TaskFamily
{
    private const int LargestValue = 9999;

    /// <inheritdoc/>
    public override string Name => "countdown";

    /// <inheritdoc/>
    public override string Description => "Reach a target from given numbers, each used at most once; the difficulty is the number of operations.";

    /// <inheritdoc/>
    public override int MaximumDifficulty => 9;

    internal override TaskDraft Draw(int difficulty, RandomGenerator random)
    {
        var numbers = new int[difficulty + 1];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = 1 + random.NextInt32(25);
        var parts = numbers.Select(number => (Value: number, Text: $"{number}")).ToList();
        var steps = new List<TeacherStep>();
        while (parts.Count > 1)
        {
            var (a, b) = (Take(parts, random), Take(parts, random));
            if (a.Value < b.Value) (a, b) = (b, a);
            var (sign, value) = Combine(a.Value, b.Value, random);
            parts.Add((value, $"({a.Text} {sign} {b.Text})"));
            var result = $"{a.Value} {sign} {b.Value} = {value}";
            steps.Add(new TeacherStep(result, $"{result}, leaves {string.Join(", ", parts.Select(part => part.Value))}"));
        }

        var target = parts[0].Value;
        var sorted = string.Join(' ', numbers.Order());
        return new TaskDraft(
            $"{sorted} -> {target}",
            $"Make {target} from the numbers {string.Join(", ", numbers)} with + - * / and parentheses, each at most once.",
            parts[0].Text[1..^1],
            steps);
    }

    internal override Grade Judge(TaskItem item, string answer)
    {
        if (ExactExpression.Evaluate(answer) is not { } expression) return Grade.IllFormed;
        var halves = item.Problem.Split(" -> ");
        if (halves.Length != 2 || !AnswerText.TryInteger(halves[1], out var target)) return Grade.Wrong;
        var left = new List<BigInteger>();
        foreach (var text in halves[0].Split(' '))
        {
            if (!AnswerText.TryInteger(text, out var number)) return Grade.Wrong;
            left.Add(number);
        }

        return expression.Numbers.All(left.Remove) && expression.Numerator == target * expression.Denominator
            ? Grade.Correct
            : Grade.Wrong;
    }

    private static (int Value, string Text) Take(List<(int Value, string Text)> parts, RandomGenerator random)
    {
        var index = random.NextInt32(parts.Count);
        var part = parts[index];
        parts.RemoveAt(index);
        return part;
    }

    /// <summary>An operation on a >= b >= 1 whose result is a whole number from 1 to the largest allowed.</summary>
    private static (char Sign, int Value) Combine(int a, int b, RandomGenerator random)
    {
        while (true)
        {
            switch (random.NextInt32(4))
            {
                case 0 when a + b <= LargestValue: return ('+', a + b);
                case 1 when a > b: return ('-', a - b);
                case 2 when b > 1 && a <= LargestValue / b: return ('*', a * b);
                case 3 when b > 1 && a % b == 0: return ('/', a / b);
                case 0 when a == b: return ('/', 1); // two large equal numbers leave nothing else
                default: continue;
            }
        }
    }
}
