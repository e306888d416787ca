using System.Text;

namespace Vilfredo.Measurement.Tasks.Families;

/// <summary>Operations on a short list of digits, one after the other; the difficulty is their number.</summary>
public sealed class ListOperations : TaskFamily
{
    private readonly int length;

    /// <summary>Creates the family.</summary>
    /// <param name="length">The number of items in the list, from 2 to 20.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is outside its range.</exception>
    public ListOperations(int length = 6)
    {
        if (length is < 2 or > 20)
            throw new ArgumentOutOfRangeException(nameof(length), length, "The length of the list must be from 2 to 20.");
        this.length = length;
    }

    /// <inheritdoc/>
    public override string Name => "list";

    /// <inheritdoc/>
    public override string Description => "Reverse, sort, rotate, swap and increase the digits of a list; the difficulty is the number of operations.";

    /// <inheritdoc/>
    public override int MaximumDifficulty => 30;

    internal override TaskDraft Draw(int difficulty, RandomGenerator random)
    {
        var list = new int[length];
        for (var i = 0; i < length; i++) list[i] = random.NextInt32(10);
        var words = new StringBuilder();
        var start = string.Join(' ', list);
        var steps = new List<TeacherStep>();
        for (var step = 0; step < difficulty; step++)
        {
            var before = string.Join(' ', list);
            (list, var operation) = Apply(list, random);
            words.Append(step == 0 ? "" : ", ").Append(operation);
            var after = string.Join(' ', list);
            steps.Add(new TeacherStep(after, $"{operation}: {before} -> {after}"));
        }

        return new TaskDraft(
            $"{start} | {words}",
            $"Take the list {start}. In this order: {words}. What is the list now? (Additions modulo 10; positions count from 1.)",
            string.Join(' ', list),
            steps);
    }

    internal override Grade Judge(TaskItem item, string answer)
    {
        var given = answer.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (given.Length == 0 || !given.All(part => part.Length == 1 && char.IsAsciiDigit(part[0]))) return Grade.IllFormed;
        return given.SequenceEqual(item.Answer.Split(' ')) ? Grade.Correct : Grade.Wrong;
    }

    private static (int[] List, string Operation) Apply(int[] list, RandomGenerator random)
    {
        switch (random.NextInt32(5))
        {
            case 0:
                return ([.. list.Reverse()], "reverse");
            case 1:
                return ([.. list.Order()], "sort ascending");
            case 2:
                return ([.. list[1..], list[0]], "move the first to the end");
            case 3:
                var amount = 1 + random.NextInt32(9);
                return ([.. list.Select(item => (item + amount) % 10)], $"add {amount} to each");
            default:
                var i = random.NextInt32(list.Length);
                var j = (i + 1 + random.NextInt32(list.Length - 1)) % list.Length;
                var swapped = (int[])list.Clone();
                (swapped[i], swapped[j]) = (swapped[j], swapped[i]);
                return (swapped, $"swap positions {Math.Min(i, j) + 1} and {Math.Max(i, j) + 1}");
        }
    }
}
