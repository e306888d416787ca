using System.Globalization;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Results;
using Vilfredo.IO;
using Vilfredo.Studies;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Evaluation;

/// <summary>Writes what remains of an evaluation: the frontier that can be served, and its page and pictures.</summary>
/// <param name="folder">Where they go; made when it is not there.</param>
internal sealed class EvaluationReport(string folder)
{
    /// <summary>Writes the files, and says which.</summary>
    public IReadOnlyList<string> Write(EvaluationResult result)
    {
        if (result.Points.Count == 0)
            return [];
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, string.Concat(result.Definition.Name.Select(c => Path.GetInvalidFileNameChars().Contains(c) ? '_' : c)));
        ServingExport.Of(result, DateTimeOffset.UtcNow).Save(path + ".frontier.json");
        var data = Data(result);
        HtmlReport.Save(data, path + ".html");
        if (!data.Points.Any(point => point.Values.Count > 0))
            return [path + ".frontier.json", path + ".html"];
        // The eye reads a frontier with its cost across and its quality up.
        var picture = Turned(data);
        var look = new PlotOptions { LogarithmicX = IsWide(result) };
        FrontierPlot.Save(picture, path + ".svg", look);
        FrontierPlot.Save(picture, path + ".png", look);
        var strategies = MethodPlot.ToSvg(Strategies(result), picture.Objectives[0], picture.Objectives[1], look with { Title = data.Title });
        AtomicFile.Write(path + ".strategies.svg", stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(strategies)));
        return [path + ".frontier.json", path + ".html", path + ".svg", path + ".png", path + ".strategies.svg"];
    }

    /// <summary>Whether costs span so much that a logarithmic axis shows them better.</summary>
    public static bool? IsWide(EvaluationResult result)
    {
        double[] costs = [.. result.Points.Where(point => point.Costs.ContainsKey(result.Definition.FrontierCost)).Select(point => point.Costs[result.Definition.FrontierCost].Value)];
        return costs.Length > 1 && costs.Min() > 0 ? costs.Max() / costs.Min() > 5 : null;
    }

    // A line for each strategy of a model, along its knobs.
    private static List<MethodSeries> Strategies(EvaluationResult result) =>
    [
        .. result.Points.Where(point => point.Costs.ContainsKey(result.Definition.FrontierCost) && double.IsFinite(point.Quality.Value))
            .GroupBy(point => string.Join(':', point.Point.Name.Split(':').Take(2)))
            .Select(group => new MethodSeries(
                group.Key, [.. group.Select(point => new PlanePoint(point.Costs[result.Definition.FrontierCost].Value, point.Quality.Value))], group.Any(point => point.Point.Name == result.Baseline))),
    ];

    /// <summary>The data that pictures are drawn from.</summary>
    public static ReportData Data(EvaluationResult result)
    {
        var definition = result.Definition;
        using var study = EvaluationStudy.Of(result);
        var data = StudyReport.Of(study);
        // Trials are in the order of the points.
        var points = data.Points.OrderBy(point => point.Trial).Zip(result.Points, (point, measured) => Point(point, measured, definition)).ToList();
        return data with
        {
            Subtitle = $"{result.Frontier.Count()} of {result.Points.Count} ways to answer are on the frontier of {definition.Quality} and {EvaluationStudy.NameOf(definition.FrontierCost)} for an answer.",
            Notes =
            [
                new("tasks", definition.Tasks),
                new("answers", $"{definition.Repeats} for each of {definition.Problems.Count} problems"),
                new("seed", definition.Seed.ToString(CultureInfo.InvariantCulture)),
                .. result.Points.Select((point, trial) => new ReportNote($"trial {trial}", point.Point.Name)),
            ],
            Points = points,
            HypervolumeHistory = [],
            ReferencePoint = null,
            AttainmentCurves = [],
            SpreadName = $"{(100 * definition.Level).ToString("0.#", CultureInfo.InvariantCulture)} % interval over problems",
            TrialBudget = null,
        };
    }

    private static ReportPoint Point(ReportPoint point, PointResult measured, EvaluationDefinition definition)
    {
        if (point.State != ReportPointState.Completed || !measured.Costs.TryGetValue(definition.FrontierCost, out var cost))
            return point;
        var quality = measured.Quality;
        return point with
        {
            // The ends of the intervals, for the bars.
            Samples = double.IsFinite(quality.Upper) ? [[quality.Lower, cost.Lower], [quality.Upper, cost.Upper]] : [],
            IsOnFrontier = measured.IsOnFrontier,
            IsKnee = point.IsKnee && measured.IsOnFrontier,
            NonDominatedProbability = 1 - measured.DominatedProbability,
        };
    }

    private static ReportData Turned(ReportData data) => data with
    {
        Objectives = [.. data.Objectives.Reverse()],
        Points = [.. data.Points.Select(point => point with { Values = [.. point.Values.Reverse()], Samples = [.. point.Samples.Select(row => (IReadOnlyList<double>)[.. row.Reverse()])] })],
    };
}
