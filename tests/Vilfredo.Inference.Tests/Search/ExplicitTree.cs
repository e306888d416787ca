using Vilfredo.Inference.Strategies.Search.Trees;

namespace Vilfredo.Inference.Tests.Search;

/// <summary>A small complete tree whose nodes are named by their ways from the root, such as <c>021</c>, each with a score that depends on its name and the seed alone.</summary>
internal sealed class ExplicitTree(int width, int depth, ulong seed)
{
    public int Size => Enumerable.Range(1, depth).Sum(level => (int)Math.Pow(width, level));

    public double ScoreOf(string name) => new RandomGenerator(seed, name.Aggregate(17UL, (hash, letter) => hash * 31 + letter)).NextDouble();

    public IEnumerable<string> Leaves => Enumerable.Range(0, (int)Math.Pow(width, depth)).Select(number =>
        string.Concat(Enumerable.Range(0, depth).Select(level => (char)('0' + number / (int)Math.Pow(width, depth - 1 - level) % width))));

    /// <summary>The child of a trial: the next one that its parent does not have yet.</summary>
    public SearchResult<string> Grow(SearchState<string> state, SearchTrial trial)
    {
        var name = state.Nodes[trial.Parent].State + (char)('0' + state.Trials.Count(other => other.Parent == trial.Parent && other.Id < trial.Id));
        return new(name, ScoreOf(name), name.Length == depth);
    }

    /// <summary>Runs a search for some trials, or to its end.</summary>
    public void Run(ISearchAlgorithm<string> search, int trials = int.MaxValue, int batch = 1)
    {
        for (var made = 0; made < trials;)
        {
            var asked = search.Ask(Math.Min(batch, trials - made));
            if (asked.Count == 0)
                break;
            made += asked.Count;
            var state = search.State;
            foreach (var trial in asked)
                search.Tell(trial.Id, Grow(state, trial));
        }
    }
}
