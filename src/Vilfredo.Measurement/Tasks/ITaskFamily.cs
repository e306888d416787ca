namespace Vilfredo.Measurement.Tasks;

/// <summary>A seeded generator of problems of one kind, with its checker and its teacher.</summary>
public interface ITaskFamily : IAnswerChecker
{
    /// <summary>The name, lower case, as on the command line.</summary>
    string Name { get; }

    /// <summary>One sentence on what is asked and what the difficulty is.</summary>
    string Description { get; }

    /// <summary>The hardest level; the easiest is 1.</summary>
    int MaximumDifficulty { get; }

    /// <summary>Draws a problem.</summary>
    /// <param name="difficulty">From 1 to <see cref="MaximumDifficulty"/>.</param>
    /// <param name="random">The same state gives the same item.</param>
    /// <param name="teacher">How the worked solution is written; the problem does not depend on it.</param>
    /// <param name="split">Only problems of this split, or any when null.</param>
    /// <param name="splitter">Who assigns splits; <see cref="TaskSplitter.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="difficulty"/> is outside its range.</exception>
    /// <exception cref="InvalidOperationException">No problem of the split was found, because its share is (nearly) nought.</exception>
    TaskItem Generate(
        int difficulty, RandomGenerator random, Teacher? teacher = null, TaskSplit? split = null, TaskSplitter? splitter = null);
}
