using System.Text;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A chain of additions and multiplications modulo 7: the task of the studies of strategies. Every residue is one character.</summary>
/// <param name="Start">The first residue.</param>
/// <param name="Steps">The operations in order, each with its operand.</param>
internal sealed record ResidueProblem(int Start, IReadOnlyList<(char Operation, int Operand)> Steps)
{
    public const int Modulus = 7;
    public const int MostSteps = 12;
    public const string Residues = "0123456";

    /// <summary>Names of steps, so that a step is found by its name and not by its place.</summary>
    public const string Labels = "ABCDEFGHIJKL";

    /// <summary>The problem, as <c>7A+3B*4</c>.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder().Append(Residues[Start]);
            foreach (var (i, (operation, operand)) in Steps.Index())
                text.Append(Labels[i]).Append(operation).Append(Residues[operand]);
            return text.ToString();
        }
    }

    /// <summary>The residue at the end.</summary>
    public int Answer => Steps.Aggregate(Start, Apply);

    /// <summary>Draws a problem of so many steps.</summary>
    public static ResidueProblem Draw(int steps, RandomGenerator random) => new(
        random.NextInt32(Modulus),
        [.. Enumerable.Range(0, steps).Select(_ => random.NextBoolean() ? ('+', 1 + random.NextInt32(Modulus - 1)) : ('*', 2 + random.NextInt32(Modulus - 2)))]);

    public static int Apply(int residue, (char Operation, int Operand) step) =>
        (step.Operation == '+' ? residue + step.Operand : residue * step.Operand) % Modulus;
}
