using Vilfredo.Optimization;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>A whole run that asks for one point at a time, which is how MOEA/D is published.</summary>
internal static class SteadyRun
{
    public static void Of(IProblem problem, IOptimizer optimizer, long evaluations)
    {
        var x = new double[problem.Space.Count];
        var f = new double[problem.ObjectiveCount];
        for (long i = 0; i < evaluations; i++)
        {
            optimizer.Ask(x);
            problem.Evaluate(x, 1, f, []);
            optimizer.Tell(x, f, []);
        }
    }
}
