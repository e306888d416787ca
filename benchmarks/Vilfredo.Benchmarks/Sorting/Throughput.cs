using Vilfredo.Archives;
using Vilfredo.Sorting;

namespace Vilfredo.Benchmarks.Sorting;

/// <summary>Points per second of what has no peer.</summary>
internal static class Throughput
{
    public static IEnumerable<string[]> Measure(TimeSpan budget)
    {
        var filter = new NonDominatedFilter();
        var crowding = new CrowdingDistance();
        foreach (var (shape, objectives, count) in new[]
        {
            ("uniform", 2, 1_000_000), ("uniform", 3, 1_000_000), ("uniform", 4, 100_000), ("uniform", 10, 5_000),
            ("front", 2, 200_000), ("front", 3, 20_000), ("front", 4, 5_000), ("front", 10, 5_000),
        })
        {
            var points = SortingPoints.Create(shape, objectives, count);
            var keep = new bool[count];
            var kept = 0;
            var time = Timing.Interleaved(budget, () => kept = filter.Filter(points, objectives, keep)).First;
            yield return Row($"filter, {shape}", objectives, count, $"{kept:N0} kept", time);
        }

        foreach (var (objectives, count) in new[] { (2, 100), (2, 100_000), (3, 200), (3, 20_000) })
        {
            var points = SortingPoints.Create("front", objectives, count);
            var distances = new double[count];
            var time = Timing.Interleaved(budget, () => crowding.Compute(points, objectives, distances)).First;
            yield return Row("crowding, front", objectives, count, "", time);
        }

        foreach (var (shape, objectives, count) in new[] { ("uniform", 2, 100_000), ("front", 2, 10_000), ("uniform", 3, 100_000), ("front", 3, 10_000), ("front", 5, 10_000) })
        {
            var points = SortingPoints.Create(shape, objectives, count);
            var archive = new ParetoArchive<int>(objectives);
            var time = Timing.Interleaved(budget, () =>
            {
                archive.Clear();
                for (var i = 0; i < count; i++)
                    archive.Add(points.AsSpan(i * objectives, objectives), i);
            }).First;
            yield return Row($"archive, {shape}", objectives, count, $"{archive.Count:N0} kept", time);
        }

        foreach (var truncation in new[] { ArchiveTruncation.Crowding, ArchiveTruncation.AdaptiveGrid })
        {
            const int Count = 10_000;
            var points = SortingPoints.Create("front", 3, Count);
            var archive = new BoundedArchive<int>(3, 100, truncation);
            var time = Timing.Interleaved(budget, () =>
            {
                archive.Clear();
                for (var i = 0; i < Count; i++)
                    archive.Add(points.AsSpan(i * 3, 3), i);
            }).First;
            yield return Row($"{truncation}", 3, Count, $"{archive.Count:N0} kept", time);
        }
    }

    private static string[] Row(string operation, int objectives, int count, string result, double milliseconds) =>
        [operation, $"{objectives}", $"{count:N0}", result, SortingBenchmark.Format(milliseconds), $"{count / milliseconds * 1000:N0}"];
}
