namespace Vilfredo.Measurement.OffPolicy.Networks;

/// <summary>The logged steps that say what follows them.</summary>
internal static class TrainingSteps
{
    /// <summary>Entries of steps, and whether nothing follows.</summary>
    public static List<(int Entry, bool IsLast)> Of(LoggedTrajectories data, IReadOnlyList<int>? trajectories, bool endsAtHorizon)
    {
        var result = new List<(int, bool)>();
        foreach (var i in trajectories ?? [.. Enumerable.Range(0, data.Count)])
        {
            if (i < 0 || i >= data.Count) throw new ArgumentException($"There is no trajectory {i} to train on; the data has {data.Count}, numbered from 0.", nameof(trajectories));
            for (var t = 0; t < data.Lengths[i]; t++)
            {
                if (endsAtHorizon || t + 1 < data.Horizon) result.Add((i * data.Horizon + t, t + 1 == data.Lengths[i]));
            }
        }

        if (result.Count == 0) throw new ArgumentException("No logged step has a known successor; give trajectories of at least two steps, or ones that end before the horizon.", nameof(data));
        return result;
    }
}
