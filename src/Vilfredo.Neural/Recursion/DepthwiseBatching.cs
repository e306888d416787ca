namespace Vilfredo.Neural.Recursion;

/// <summary>
/// Estimates how fast a recursive decoder writes when tokens at any depth pass the shared block as one batch: those that are done leave for the last layers, and the next token of their sequence,
/// or of a waiting one, takes their place. Nothing is computed; the seconds of a stage are given.
/// </summary>
/// <remarks>Source: Bae et al., Mixture-of-Recursions, 2025, appendix on throughput; continuous depth-wise batching. As there, the time of caches is what the stages' seconds say of it, and no more.</remarks>
public sealed record DepthwiseBatching
{
    /// <summary>How many sequences are written at a time; at least 1.</summary>
    public required int Slots { get; init; }

    /// <summary>The seconds of what comes before the shared block (embedding and first layers) for so many tokens.</summary>
    public required Func<int, double> EntrySeconds { get; init; }

    /// <summary>The seconds of one pass of the shared block for so many tokens.</summary>
    public required Func<int, double> BlockSeconds { get; init; }

    /// <summary>The seconds of what comes after it (last layers and head) for so many tokens.</summary>
    public required Func<int, double> ExitSeconds { get; init; }

    /// <summary>Tokens that are done make room at once.</summary>
    /// <param name="depths">For each sequence, in the order of their coming, the recursions of each of its tokens, all at least 1.</param>
    /// <exception cref="ArgumentException">There is no token, or a depth is below 1.</exception>
    public DepthwiseEstimate Continuous(IReadOnlyList<IReadOnlyList<int>> depths)
    {
        var work = new Work(this, depths);
        while (work.Fill() is > 0 and var entering)
        {
            var seconds = work.Entering == 0 ? 0 : EntrySeconds(work.Entering);
            var leaving = work.Pass(1);
            work.Spend(seconds + BlockSeconds(entering) + (leaving == 0 ? 0 : ExitSeconds(leaving)), 1, entering);
        }

        return work.Estimate;
    }

    /// <summary>The tokens of a batch wait for the deepest of them; those that are done do not pass the block again.</summary>
    /// <inheritdoc cref="Continuous"/>
    public DepthwiseEstimate Synchronous(IReadOnlyList<IReadOnlyList<int>> depths)
    {
        var work = new Work(this, depths);
        while (work.Fill() is > 0 and var active)
        {
            var seconds = EntrySeconds(active) + ExitSeconds(active);
            var (passes, tokens) = (0, 0);
            foreach (var going in work.Depths())
            {
                seconds += BlockSeconds(going);
                (passes, tokens) = (passes + 1, tokens + going);
            }

            work.Pass(int.MaxValue);
            work.Spend(seconds, passes, tokens);
        }

        return work.Estimate;
    }

    /// <summary>The tokens that are on their way.</summary>
    private sealed class Work
    {
        private readonly IReadOnlyList<IReadOnlyList<int>> sequences;
        private readonly (int Sequence, int Token, int Left)?[] slots;
        private int next;
        private long passes, passed;
        private double seconds;

        public Work(DepthwiseBatching batching, IReadOnlyList<IReadOnlyList<int>> sequences)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(batching.Slots, 1, nameof(Slots));
            ArgumentNullException.ThrowIfNull(sequences);
            if (sequences.Sum(sequence => (long)sequence.Count) == 0)
                throw new ArgumentException("There is no token to write; give at least one sequence with at least one.", nameof(sequences));
            if (sequences.SelectMany(sequence => sequence).FirstOrDefault(depth => depth < 1, 1) is < 1 and var wrong)
                throw new ArgumentException($"A token has the depth {wrong}; every token takes at least one recursion.", nameof(sequences));
            (this.sequences, slots) = (sequences, new (int, int, int)?[batching.Slots]);
        }

        /// <summary>How many tokens the last <see cref="Fill"/> brought in.</summary>
        public int Entering { get; private set; }

        public DepthwiseEstimate Estimate => new(sequences.Sum(sequence => (long)sequence.Count), seconds, passes, (double)passed / passes / slots.Length);

        /// <summary>Gives each empty slot its next token; how many are taken then.</summary>
        public int Fill()
        {
            Entering = 0;
            for (var i = 0; i < slots.Length; i++)
            {
                if (slots[i] is { Left: > 0 })
                    continue;
                var (sequence, token) = slots[i] is { } done ? (done.Sequence, done.Token + 1) : (-1, 0);
                while (sequence < 0 || token >= sequences[sequence].Count)
                {
                    if (next == sequences.Count)
                        break;
                    (sequence, token) = (next++, 0);
                }

                slots[i] = sequence >= 0 && token < sequences[sequence].Count ? (sequence, token, sequences[sequence][token]) : null;
                Entering += slots[i] is null ? 0 : 1;
            }

            return slots.Count(slot => slot is not null);
        }

        /// <summary>For each recursion how many of the tokens take it.</summary>
        public IEnumerable<int> Depths()
        {
            int[] left = [.. slots.Select(slot => slot?.Left ?? 0)];
            return Enumerable.Range(1, left.Max()).Select(depth => left.Count(one => one >= depth));
        }

        /// <summary>Takes so many passes off every token; how many are done with that.</summary>
        public int Pass(int count)
        {
            for (var i = 0; i < slots.Length; i++)
            {
                if (slots[i] is { } slot)
                    slots[i] = slot with { Left = Math.Max(0, slot.Left - count) };
            }

            return slots.Count(slot => slot is { Left: 0 });
        }

        public void Spend(double time, int blockPasses, int tokens) => (seconds, passes, passed) = (seconds + time, passes + blockPasses, passed + tokens);
    }
}
