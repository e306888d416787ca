using System.Globalization;
using System.Text.Json;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.PoolBets.Rounds;
using Vilfredo.Statistics;

namespace Vilfredo.Cli.Commands.PoolBets;

/// <summary>What <c>vilfredo pool-bets backtest</c> writes.</summary>
/// <param name="calibration">The odds against the outcomes.</param>
/// <param name="report">The systems against the outcomes.</param>
/// <param name="minHits">The hits aimed at.</param>
/// <param name="expected">In how many rounds the chances expect the systems to reach them.</param>
internal sealed class BacktestOutput(CalibrationReport calibration, BacktestReport report, int minHits, double expected)
{
    public void WriteTable(Terminal terminal)
    {
        var table = new TextTable(new("measure"), new("value", true), new("expected", true), new("95 % interval"))
        {
            Title = FormattableString.Invariant(
                $"{calibration.Rounds} rounds of {calibration.Histogram.Count - 1} matches, {report.Rounds[0].Start:yyyy-MM-dd} to {report.Rounds[^1].Start:yyyy-MM-dd}"),
        };
        table.Add(["hits of the favourites", Number(calibration.MeanHits, "0.000"), Number(calibration.ExpectedHits, "0.000"), ""]);
        table.Add(["their difference", Number(calibration.Difference.Estimate, "0.000"), "0", Interval(calibration.Difference, "0.000")]);
        table.Add([$"chi-squared, {calibration.DegreesOfFreedom} degrees", Number(calibration.ChiSquared, "0.00"), $"p = {Number(calibration.PValue, "0.000")}", ""]);
        table.Add([$"rounds with {minHits} hits or more", $"{report.RoundsWith(minHits)}", Number(expected, "0.0"), ""]);
        table.Add(["columns per round", Number(report.Rounds.Average(round => round.Columns), "0.0"), "", ""]);
        table.Add(["fees [EUR]", Number(report.TotalFee, "N2"), "", ""]);
        table.Add(["payouts [EUR]", Number(report.TotalPayout, "N2"), "", ""]);
        table.Add(["profit per round [EUR]", Number(report.MeanProfit.Estimate, "N2"), "", Interval(report.MeanProfit, "N2")]);
        table.Write(terminal);
    }

    public void WriteJson(Terminal terminal) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("rounds", calibration.Rounds);
        json.WriteNumber("mean_hits", calibration.MeanHits);
        json.WriteNumber("expected_hits", calibration.ExpectedHits);
        WriteInterval(json, "hits_difference", calibration.Difference);
        json.WriteNumber("chi_squared", calibration.ChiSquared);
        json.WriteNumber("degrees_of_freedom", calibration.DegreesOfFreedom);
        json.WriteNumber("p_value", calibration.PValue);
        json.WriteNumber("min_hits", minHits);
        json.WriteNumber("rounds_with_min_hits", report.RoundsWith(minHits));
        json.WriteNumber("expected_rounds_with_min_hits", expected);
        json.WriteNumber("fees_eur", report.TotalFee);
        json.WriteNumber("payouts_eur", report.TotalPayout);
        WriteInterval(json, "profit_per_round_eur", report.MeanProfit);
        json.WriteEndObject();
    });

    private static void WriteInterval(Utf8JsonWriter json, string name, BootstrapInterval interval)
    {
        json.WriteStartObject(name);
        json.WriteNumber("estimate", interval.Estimate);
        json.WriteNumber("lower", interval.Lower);
        json.WriteNumber("upper", interval.Upper);
        json.WriteEndObject();
    }

    private static string Interval(BootstrapInterval interval, string format) => $"{Number(interval.Lower, format)} to {Number(interval.Upper, format)}";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
