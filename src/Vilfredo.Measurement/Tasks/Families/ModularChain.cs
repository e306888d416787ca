using System.Text;

namespace Vilfredo.Measurement.Tasks.Families;

/// <summary>
/// A chain of additions, subtractions and multiplications of one digit, modulo a small number, with sentences in between
/// that hold numbers but do not matter. The difficulty is the number of operations.
/// </summary>
public sealed class ModularChain : TaskFamily
{
    private static readonly string[] Names = ["Ada", "Ben", "Cleo", "Dan", "Eva"];
    private static readonly string[] Things = ["birds", "boats", "coins", "pears", "stars"];

    private readonly int modulus;
    private readonly double distractors;

    /// <summary>Creates the family.</summary>
    /// <param name="modulus">From 2 to 1000.</param>
    /// <param name="distractors">The probability, from 0 to 1, of a sentence that does not matter before each operation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ModularChain(int modulus = 10, double distractors = 0.3)
    {
        if (modulus is < 2 or > 1000)
            throw new ArgumentOutOfRangeException(nameof(modulus), modulus, "The modulus must be from 2 to 1000.");
        if (!(distractors is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(distractors), distractors, "A probability must be from 0 to 1.");
        (this.modulus, this.distractors) = (modulus, distractors);
    }

    /// <inheritdoc/>
    public override string Name => "chain";

    /// <inheritdoc/>
    public override string Description =>
        "Follow a chain of operations modulo a number, past sentences that do not matter; the difficulty is its length.";

    /// <inheritdoc/>
    public override int MaximumDifficulty => 50;

    internal override TaskDraft Draw(int difficulty, RandomGenerator random)
    {
        var value = random.NextInt32(modulus);
        var prompt = new StringBuilder($"Work modulo {modulus}. Start with {value}.");
        var problem = new StringBuilder($"mod {modulus}: {value}");
        var steps = new List<TeacherStep>();
        for (var i = 0; i < difficulty; i++)
        {
            if (random.NextBoolean(distractors))
            {
                var (who, what) = (Names[random.NextInt32(Names.Length)], Things[random.NextInt32(Things.Length)]);
                prompt.Append($" {who} has {2 + random.NextInt32(8)} {what}.");
            }

            var operation = random.NextInt32(3);
            var operand = 1 + random.NextInt32(9);
            var sign = "+-*"[operation];
            prompt.Append(operation switch
            {
                0 => $" Add {operand}.",
                1 => $" Subtract {operand}.",
                _ => $" Multiply by {operand}.",
            });
            problem.Append($" {sign}{operand}");
            var raw = operation switch { 0 => value + operand, 1 => value - operand, _ => value * operand };
            var next = (raw % modulus + modulus) % modulus;
            steps.Add(new TeacherStep($"{next}", $"{value} {sign} {operand} = {raw}, which is {next}"));
            value = next;
        }

        return new TaskDraft(problem.ToString(), prompt.Append(" What is the result?").ToString(), $"{value}", steps);
    }

    internal override Grade Judge(TaskItem item, string answer) => AnswerText.CompareIntegers(answer, item.Answer);
}
