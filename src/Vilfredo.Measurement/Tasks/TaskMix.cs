namespace Vilfredo.Measurement.Tasks;

/// <summary>Several families drawn in given proportions, each over a range of difficulties.</summary>
public sealed class TaskMix
{
    private readonly TaskMixPart[] parts;
    private readonly double total;

    /// <summary>Creates the mix.</summary>
    /// <param name="parts">At least one.</param>
    /// <exception cref="ArgumentException">No part, a weight not positive and finite, or a difficulty the family does not have.</exception>
    public TaskMix(IEnumerable<TaskMixPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        this.parts = [.. parts];
        if (this.parts.Length == 0) throw new ArgumentException("A mix needs at least one part.", nameof(parts));
        foreach (var part in this.parts)
        {
            if (!(part.Weight > 0 && double.IsFinite(part.Weight)))
                throw new ArgumentException($"The weight of {part.Family.Name} is {part.Weight}; it must be positive and finite.", nameof(parts));
            if (part.Easiest < 1 || part.Hardest < part.Easiest || part.Hardest > part.Family.MaximumDifficulty)
            {
                throw new ArgumentException(
                    $"{part.Family.Name} from {part.Easiest} to {part.Hardest}: difficulties must rise within 1 to {part.Family.MaximumDifficulty}.",
                    nameof(parts));
            }

            total += part.Weight;
        }
    }

    /// <summary>The parts, as given.</summary>
    public IReadOnlyList<TaskMixPart> Parts => parts;

    /// <summary>
    /// Item number <paramref name="index"/> of the endless sequence of a seed and split. Items can be drawn in any order
    /// and by any number of workers.
    /// </summary>
    /// <param name="seed">Another seed gives another sequence.</param>
    /// <param name="index">From 0.</param>
    /// <param name="split">Only problems of this split, or any when null.</param>
    /// <param name="teacher">How solutions are written.</param>
    /// <param name="splitter">Who assigns splits; <see cref="TaskSplitter.Default"/> when null.</param>
    public TaskItem At(ulong seed, long index, TaskSplit? split = null, Teacher? teacher = null, TaskSplitter? splitter = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var random = new RandomGenerator(seed, (ulong)index);
        var position = random.NextDouble() * total;
        var chosen = 0;
        while (chosen < parts.Length - 1 && (position -= parts[chosen].Weight) >= 0) chosen++;
        var part = parts[chosen];
        return part.Family.Generate((int)random.NextInt64(part.Easiest, part.Hardest), random, teacher, split, splitter);
    }
}
