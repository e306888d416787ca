using System.Globalization;
using Vilfredo.Statistics;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>The runs of pymoo with one algorithm on one problem.</summary>
/// <param name="Problem">The problem's name.</param>
/// <param name="Algorithm">The algorithm's name in the benchmark.</param>
/// <param name="Evaluations">The evaluations of a run.</param>
/// <param name="Seconds">The median processor time of a run.</param>
/// <param name="Volumes">The hypervolume of each run.</param>
internal sealed record PymooRuns(string Problem, string Algorithm, long Evaluations, double Seconds, double[] Volumes)
{
    private const double Rounding = 1e-8;
    private const double UnitInLastPlace = 1.0 / (1L << 52); // relative

    // WFG1 raises the distance of variables from 0.35 to the power 0.02: an ulp becomes 0.4. We take one or two ulps for 0, pymoo does not.
    private const double Wfg1Rounding = 0.1;

    private const string Header = "problem,algorithm,evaluations,seconds,hypervolumes";

    /// <summary>Measures what <c>pymoo_runs.py</c> printed; checks that it solved the same problems.</summary>
    public static IReadOnlyList<PymooRuns> Measure(string file)
    {
        var runs = new Dictionary<(string Problem, string Algorithm), List<(int Seed, long Evaluations, double Seconds, double Volume)>>();
        // Libraries print remarks of their own in between.
        foreach (var cells in File.ReadLines(file).Select(line => line.Split(',')).Where(cells => cells.Length == 7))
        {
            var quality = QualityCase.All.First(c => c.Name == cells[0]);
            var (x, f) = (Numbers(cells[5]), Numbers(cells[6]));
            CheckFirst(quality, x, f);
            var key = (cells[0], cells[1]);
            if (!runs.TryGetValue(key, out var list)) runs[key] = list = [];
            list.Add((int.Parse(cells[2], CultureInfo.InvariantCulture), long.Parse(cells[3], CultureInfo.InvariantCulture), Number(cells[4]), quality.VolumeOf(f)));
        }

        return
        [
            .. runs.Select(pair => new PymooRuns(
                pair.Key.Problem, pair.Key.Algorithm, pair.Value[0].Evaluations,
                Descriptive.Median([.. pair.Value.Select(run => run.Seconds)]),
                [.. pair.Value.OrderBy(run => run.Seed).Select(run => run.Volume)])),
        ];
    }

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<PymooRuns> Read(string file) =>
    [
        .. File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Select(cells => new PymooRuns(
            cells[0], cells[1], long.Parse(cells[2], CultureInfo.InvariantCulture), Number(cells[3]), Numbers(cells[4]))),
    ];

    /// <summary>Writes runs into a file, a line for each problem and algorithm, hypervolumes in the order of their seeds; lines of others stay, those of the same are replaced.</summary>
    public static void Write(string file, IReadOnlyList<PymooRuns> runs)
    {
        List<PymooRuns> lines = [.. File.Exists(file) ? Read(file) : []];
        foreach (var run in runs)
        {
            var place = lines.FindIndex(line => line.Problem == run.Problem && line.Algorithm == run.Algorithm);
            if (place < 0) lines.Add(run);
            else lines[place] = run;
        }

        File.WriteAllLines(file, lines.Select(r => string.Create(
            CultureInfo.InvariantCulture,
            $"{r.Problem},{r.Algorithm},{r.Evaluations},{r.Seconds:F3},{string.Join(' ', r.Volumes.Select(v => v.ToString("F6", CultureInfo.InvariantCulture)))}")).Prepend(Header));
    }

    private static void CheckFirst(QualityCase quality, double[] x, double[] f)
    {
        var own = new double[quality.Problem.ObjectiveCount];
        quality.Problem.Evaluate(x, 1, own, []);
        var tolerance = quality.Name switch { "WFG1" => Wfg1Rounding, "RE33" => Rounding + Re33Rounding(x[0], x[1]), _ => Rounding };
        for (var j = 0; j < own.Length; j++)
        {
            if (!(Math.Abs(own[j] - f[j]) <= tolerance * (1 + Math.Abs(own[j]))))
                throw new InvalidDataException($"{quality.Name}: pymoo has the objectives ({string.Join(", ", f[..own.Length])}) where we have ({string.Join(", ", own)}).");
        }
    }

    // RE33 divides by a difference of squares, pymoo's form of it by one of cubes too, and runs end where they are all but equal: each term is
    // off by about half a unit in its last place, and in both programs.
    private static double Re33Rounding(double inner, double outer) =>
        4 * UnitInLastPlace * outer * outer / Math.Abs((outer - inner) * (outer + inner));

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(Number)];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
