using System.Text;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Problems;

/// <summary>All programs that came with a problem as one, so that one compilation and one process run them all.</summary>
public static class SolutionBundle
{
    /// <summary>The entry point of the bundle: the problem's, behind a parameter with the index of the program.</summary>
    public const string EntryPoint = "Dispatch";

    /// <summary>The bundle's source.</summary>
    /// <param name="problem">A problem in C# with a prompt whose last line but the brace is the signature, as <see cref="ProblemPages"/> makes it.</param>
    /// <exception cref="ArgumentException">The problem has no solutions, another language, or no such prompt.</exception>
    public static string Source(RunnableProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var signature = problem.Prompt.TrimEnd('\n', '{').Split('\n')[^1];
        if (problem.Solutions.Count == 0 || problem.Language != SampleLanguage.CSharp || !signature.Contains(problem.EntryPoint + "(", StringComparison.Ordinal))
            throw new ArgumentException($"Problem {problem.Id} cannot be bundled: it needs solutions in C# and a prompt that ends with the signature.", nameof(problem));
        var parameters = signature[(signature.IndexOf('(', StringComparison.Ordinal) + 1)..signature.LastIndexOf(')')];
        var arguments = string.Join(", ", parameters.Split(", ").Select(parameter => parameter.Split(' ')[^1]));
        var text = new StringBuilder();
        text.Append($"public static object {EntryPoint}(int which, {parameters}) => which switch\n{{\n");
        for (var i = 0; i < problem.Solutions.Count; i++) text.Append($"    {(i < problem.Solutions.Count - 1 ? i : "_")} => S{i}.{problem.EntryPoint}({arguments}),\n");
        text.Append("};\n");
        for (var i = 0; i < problem.Solutions.Count; i++) text.Append($"public static class S{i}\n{{\n{problem.Solutions[i].Source}\n}}\n");
        return text.ToString();
    }
}
