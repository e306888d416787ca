namespace Vilfredo.Measurement.Tasks.Families;

/// <summary>
/// Find a shortest path in an undirected graph; the difficulty is its number of edges. Every shortest path is right and
/// is checked edge by edge. The teacher searches breadth first.
/// </summary>
public sealed class GraphPath : TaskFamily
{
    /// <inheritdoc/>
    public override string Name => "path";

    /// <inheritdoc/>
    public override string Description => "Find a shortest path between two nodes of a graph; the difficulty is its number of edges.";

    /// <inheritdoc/>
    public override int MaximumDifficulty => 10;

    internal override TaskDraft Draw(int difficulty, RandomGenerator random)
    {
        // Every node has a layer and edges join equal or neighbouring layers, so layer `difficulty` is that far away.
        var names = Enumerable.Range(0, 26).Select(i => $"{(char)('A' + i)}").ToArray();
        random.Shuffle(names.AsSpan());
        var count = 2 * difficulty + 4;
        var layers = new int[count];
        for (var i = 0; i < count; i++) layers[i] = i <= difficulty ? i : random.NextInt32(difficulty + 1);
        var edges = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < difficulty; i++) edges.Add(Edge(names[i], names[i + 1]));
        for (var i = difficulty + 1; i < count; i++)
        {
            for (var tries = 0; tries < 3; tries++)
            {
                var j = random.NextInt32(count);
                if (i != j && Math.Abs(layers[i] - layers[j]) <= 1) edges.Add(Edge(names[i], names[j]));
            }
        }

        var (from, to) = (names[0], names[difficulty]);
        var shown = edges.ToArray();
        random.Shuffle(shown.AsSpan());
        var (path, steps) = Search(edges, from, to);
        return new TaskDraft(
            $"{from} -> {to} | {string.Join(' ', edges)}",
            $"Roads in both directions: {string.Join(", ", shown)}. Give a shortest path from {from} to {to}, like {from} Q {to}.",
            string.Join(' ', path),
            steps);
    }

    internal override Grade Judge(TaskItem item, string answer)
    {
        var path = answer.Split([' ', ',', '-', '>'], StringSplitOptions.RemoveEmptyEntries);
        if (path.Length == 0 || !path.All(node => node.All(char.IsAsciiLetterOrDigit))) return Grade.IllFormed;
        var halves = item.Problem.Split(" | ");
        var ends = halves[0].Split(" -> ");
        if (halves.Length != 2 || ends.Length != 2) return Grade.Wrong;
        var edges = halves[1].Split(' ').ToHashSet(StringComparer.Ordinal);
        if (path[0] != ends[0] || path[^1] != ends[1]) return Grade.Wrong;
        for (var i = 1; i < path.Length; i++)
        {
            if (!edges.Contains(Edge(path[i - 1], path[i]))) return Grade.Wrong;
        }

        return path.Length == Search(edges, ends[0], ends[1]).Path.Count ? Grade.Correct : Grade.Wrong;
    }

    private static string Edge(string a, string b) => string.CompareOrdinal(a, b) < 0 ? $"{a}-{b}" : $"{b}-{a}";

    /// <summary>Breadth-first search; the path is empty when there is none. One step per layer.</summary>
    private static (List<string> Path, List<TeacherStep> Steps) Search(IEnumerable<string> edges, string from, string to)
    {
        var neighbours = edges.Select(edge => edge.Split('-')).Where(ends => ends.Length == 2)
            .SelectMany(ends => new[] { (ends[0], ends[1]), (ends[1], ends[0]) })
            .ToLookup(pair => pair.Item1, pair => pair.Item2);
        var cameFrom = new Dictionary<string, string> { [from] = from };
        var steps = new List<TeacherStep>();
        var layer = new List<string> { from };
        while (layer.Count > 0 && !cameFrom.ContainsKey(to))
        {
            var next = new List<string>();
            var found = new List<string>();
            foreach (var node in layer)
            {
                foreach (var other in neighbours[node].Order(StringComparer.Ordinal))
                {
                    if (!cameFrom.TryAdd(other, node)) continue;
                    next.Add(other);
                    found.Add($"{node}-{other}");
                }
            }

            steps.Add(new TeacherStep(
                $"{string.Join(' ', next)}", $"After {steps.Count + 1}: {string.Join(' ', next)} (by {string.Join(' ', found)})"));
            layer = next;
        }

        var path = new List<string>();
        if (!cameFrom.ContainsKey(to)) return (path, steps);
        for (var node = to; ; node = cameFrom[node])
        {
            path.Insert(0, node);
            if (node == from) return (path, steps);
        }
    }
}
