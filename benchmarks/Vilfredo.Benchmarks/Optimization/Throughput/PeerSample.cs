using System.Globalization;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>Speed and hypervolume of the runs of one problem with one set of settings.</summary>
internal sealed class PeerSample
{
    private readonly List<double> speeds = [];
    private readonly List<double> hypervolumes = [];

    public double Speed => Median(speeds);

    public string Hypervolume => $"{Median(hypervolumes):F4} ({hypervolumes.Min():F4}, {hypervolumes.Max():F4})";

    public void Add((double Speed, double Hypervolume) run)
    {
        speeds.Add(run.Speed);
        hypervolumes.Add(run.Hypervolume);
    }

    /// <summary>Reads lines of problem, settings, seed, evaluations, seconds, hypervolume.</summary>
    public static Dictionary<(string Problem, string Settings), PeerSample> Read(
        IEnumerable<string> lines, Dictionary<(string Problem, string Settings), PeerSample>? into = null)
    {
        into ??= [];
        foreach (var cells in lines.Select(line => line.Split(',')).Where(cells => cells[0] != "problem"))
        {
            if (!into.TryGetValue((cells[0], cells[1]), out var sample)) into[(cells[0], cells[1])] = sample = new PeerSample();
            sample.Add((Number(cells[3]) / Number(cells[4]), Number(cells[5])));
        }

        return into;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
