using System.Text;

namespace Vilfredo.Reproductions.Papers;

/// <summary>Worked solutions of <see cref="ResidueProblem"/>: each step with its name, the residue before it, the operation and its residue, such as <c>A2+35</c>, a wrong residue followed by <see cref="Wait"/> and the right one now and then, and <c>=</c> with the answer.</summary>
internal static class ResidueTrace
{
    public const char Wait = 'x';
    private const double SlipRate = 0.15;

    /// <summary>A right solution, in which some steps begin with a wrong residue that is noticed.</summary>
    public static string Right(ResidueProblem problem, RandomGenerator random) => Write(problem, random, SlipRate, 0);

    /// <summary>A solution with errors that are not noticed: each step's residue is wrong with a probability, and the rest goes on from it.</summary>
    public static string Drafted(ResidueProblem problem, double errorRate, RandomGenerator random) => Write(problem, random, SlipRate, errorRate);

    /// <summary>The residue of each step, null where a step is missing; the last one written counts.</summary>
    public static char?[] Steps(ResidueProblem problem, string trace)
    {
        var residues = new char?[problem.Steps.Count];
        var (step, digits) = (-1, 0);
        foreach (var character in Working(trace))
        {
            var label = ResidueProblem.Labels.IndexOf(character, StringComparison.Ordinal);
            if (label >= 0 && label < residues.Length)
                (step, digits) = (label, 0);
            else if (step >= 0 && ResidueProblem.Residues.Contains(character) && ++digits > 2)
                residues[step] = character;
        }

        return residues;
    }

    /// <summary>A trace of given residues.</summary>
    public static string Of(ResidueProblem problem, IReadOnlyList<char?> residues)
    {
        var text = new StringBuilder();
        foreach (var (i, (operation, operand)) in problem.Steps.Index())
            text.Append(ResidueProblem.Labels[i]).Append(i == 0 ? ResidueProblem.Residues[problem.Start] : residues[i - 1] ?? Wait).Append(operation).Append(ResidueProblem.Residues[operand]).Append(residues[i] ?? Wait);
        return text.Append('=').Append(residues[^1] ?? Wait).ToString();
    }

    /// <summary>The answer behind the last <c>=</c>; null where there is none.</summary>
    public static string? Answer(string text)
    {
        var mark = text.LastIndexOf('=');
        return mark >= 0 && mark == text.Length - 2 && ResidueProblem.Residues.Contains(text[^1]) ? text[^1..] : null;
    }

    /// <summary>The trace without its answer.</summary>
    public static string Working(string trace) => trace.LastIndexOf('=') is >= 0 and var mark ? trace[..mark] : trace;

    private static string Write(ResidueProblem problem, RandomGenerator random, double slips, double errors)
    {
        var text = new StringBuilder();
        var residue = problem.Start;
        foreach (var (i, step) in problem.Steps.Index())
        {
            text.Append(ResidueProblem.Labels[i]).Append(ResidueProblem.Residues[residue]).Append(step.Operation).Append(ResidueProblem.Residues[step.Operand]);
            residue = ResidueProblem.Apply(residue, step);
            if (random.NextBoolean(errors))
                residue = Other(residue, random);
            if (random.NextBoolean(slips))
                text.Append(ResidueProblem.Residues[Other(residue, random)]).Append(Wait);
            text.Append(ResidueProblem.Residues[residue]);
        }

        return text.Append('=').Append(ResidueProblem.Residues[residue]).ToString();
    }

    private static int Other(int residue, RandomGenerator random) => (residue + 1 + random.NextInt32(ResidueProblem.Modulus - 1)) % ResidueProblem.Modulus;
}
