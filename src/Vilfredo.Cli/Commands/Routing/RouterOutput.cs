using System.Globalization;
using System.Text.Json;
using Vilfredo.Cli.Output;
using Vilfredo.Inference.Routing.Files;
using Vilfredo.Inference.Routing.Metrics;
using Vilfredo.Statistics;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Routing;

/// <summary>Shows how a router does.</summary>
internal sealed class RouterOutput(RouterFile router, RouterReport report, string part)
{
    private static readonly double[] Parts = [0.2, 0.5, 0.8];

    /// <summary>For people.</summary>
    public void Write(Terminal terminal)
    {
        var costs = QuantityFormat.ForColumn(report.Candidates.Select(candidate => candidate.Cost).Append(report.Routed.Cost).Append(report.Oracle.Cost), router.CostUnit, 3);
        var table = new TextTable(new("who answers"), new("right %", true), new(costs.Label("cost"), true), new("share %", true))
        {
            Title = $"{RouteTrainCommand.NameOf(router.Training.Kind)} router on {report.Prompts} prompts of the part '{part}'",
        };
        foreach (var candidate in report.Candidates)
            table.Add([candidate.Name, Percent(candidate.Quality), costs.Format(candidate.Cost), Percent(candidate.Share)]);
        table.Add(["router", Percent(report.Routed.Quality), costs.Format(report.Routed.Cost), ""], emphasized: true);
        table.Add(["draws at its cost", Percent(report.Hull.QualityAt(report.Routed.Cost, CurveInterpolation.Linear)), costs.Format(report.Routed.Cost), ""]);
        table.Add(["oracle", Percent(report.Oracle.Quality), costs.Format(report.Oracle.Cost), ""]);
        table.Write(terminal);
        terminal.Output.WriteLine($"Rule: {RuleText.Of(router)}.");
        terminal.Output.WriteLine($"The router against draws at its cost: {Points(report.OverHull)}, {Verdict(report.OverHull)}.");
        terminal.Output.WriteLine($"All trade-offs of quality less λ times cost, on average over costs, against draws: {Points(report.MeanOverHull)}, {Verdict(report.MeanOverHull)}.");
        var calls = string.Join(", ", Parts.Select(q => $"CPT({100 * q:0} %) {(report.Pair.CallsFor(q) is { } share ? Percent(share) + " %" : "never")}"));
        terminal.Output.WriteLine(
            $"{report.Strong} against {report.Weak}: APGR {Number(report.Pair.GapRecovered)} (draws 0.500, oracle {Number(report.PairOracle.GapRecovered)}), AUC {Number(report.Pair.Area)}, {calls}; "
            + $"over draws {Points(report.PairOverDraws)}, {Verdict(report.PairOverDraws)}.");
    }

    /// <summary>For machines.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", RouteTrainCommand.NameOf(router.Training.Kind));
        json.WriteString("part", part);
        json.WriteNumber("prompts", report.Prompts);
        json.WriteString("cost_unit", router.CostUnit);
        RuleText.WriteJson(json, router);
        json.WriteStartArray("candidates");
        foreach (var candidate in report.Candidates)
        {
            json.WriteStartObject();
            json.WriteString("name", candidate.Name);
            json.WriteNumber("quality", candidate.Quality);
            json.WriteNumber("cost", candidate.Cost);
            json.WriteNumber("share", candidate.Share);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WritePoint(json, "router", report.Routed);
        json.WriteNumber("draws_at_its_cost", report.Hull.QualityAt(report.Routed.Cost, CurveInterpolation.Linear));
        WritePoint(json, "oracle", report.Oracle);
        WriteInterval(json, "over_draws_at_its_cost", report.OverHull);
        WriteInterval(json, "mean_over_draws", report.MeanOverHull);
        WriteCurve(json, "curve", report.Curve);
        WriteCurve(json, "hull_of_candidates", report.Hull);
        json.WriteStartObject("pair");
        json.WriteString("strong", report.Strong);
        json.WriteString("weak", report.Weak);
        json.WriteNumber("auc", report.Pair.Area);
        if (double.IsFinite(report.Pair.GapRecovered))
        {
            json.WriteNumber("apgr", report.Pair.GapRecovered);
            json.WriteNumber("oracle_apgr", report.PairOracle.GapRecovered);
        }

        foreach (var q in Parts)
        {
            if (report.Pair.CallsFor(q) is { } share)
                json.WriteNumber($"cpt_{100 * q:0}", share);
        }

        WriteInterval(json, "over_draws", report.PairOverDraws);
        WriteCurve(json, "curve", report.Pair.Curve);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCurve(Utf8JsonWriter json, string name, QualityCostCurve curve)
    {
        json.WriteStartArray(name);
        foreach (var point in curve.Points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.Cost);
            json.WriteNumberValue(point.Quality);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WritePoint(Utf8JsonWriter json, string name, CurvePoint point)
    {
        json.WriteStartObject(name);
        json.WriteNumber("quality", point.Quality);
        json.WriteNumber("cost", point.Cost);
        json.WriteEndObject();
    }

    internal static void WriteInterval(Utf8JsonWriter json, string name, BootstrapInterval interval)
    {
        json.WriteStartObject(name);
        json.WriteNumber("value", interval.Estimate);
        json.WriteNumber("lower", interval.Lower);
        json.WriteNumber("upper", interval.Upper);
        json.WriteEndObject();
    }

    internal static string Verdict(BootstrapInterval interval) => interval.Lower > 0 ? "better" : interval.Upper < 0 ? "worse" : "not told apart";

    internal static string Points(BootstrapInterval interval) => $"{Signed(interval.Estimate)} ({Signed(interval.Lower)} to {Signed(interval.Upper)}) points";

    internal static string Signed(double share) => (100 * share).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "undefined";

    internal static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
