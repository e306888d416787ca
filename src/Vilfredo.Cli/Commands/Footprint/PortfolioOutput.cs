using System.Globalization;
using System.Text.Json;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.Footprint.Portfolio;
using Vilfredo.Measurement.Footprint.Portfolio.Files;
using Vilfredo.Measurement.Footprint.Portfolio.Scenarios;
using Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;

namespace Vilfredo.Cli.Commands.Footprint;

/// <summary>What <c>vilfredo footprint PORTFOLIO.yaml</c> writes.</summary>
internal sealed class PortfolioOutput(
    PortfolioDocument document, IReadOnlyDictionary<ImpactCriterion, UncertainResult> year, IReadOnlyList<ScenarioOutcome> scenarios,
    SensitivityAnalysis analysis, ImpactCriterion criterion, int draws)
{
    private const int ShownUseCases = 12;
    private const double NinetyPercentLess = 10;
    private readonly AiPortfolio portfolio = document.Portfolio;
    private readonly ImpactBreakdown breakdown = document.Portfolio.Evaluate();

    public void WriteTables(Terminal terminal)
    {
        WriteYear(terminal);
        WriteUseCases(terminal);
        if (scenarios.Count > 0) WriteScenarios(terminal);
        WriteTornado(terminal, $"Inputs by what they alone do to a year's {Impacts.Name(criterion)} [{Impacts.Unit(criterion)}]", analysis.Tornado(criterion));
        if (scenarios is [.., var last]) WriteTornado(terminal, $"Inputs by what they alone do to the {Impacts.Name(criterion)} of \"{last.Scenario.Name}\" in {last.Scenario.Horizon} [100 = {last.Scenario.BaseYear}]", analysis.Tornado(last.Scenario, criterion));
        WriteReturns(terminal);
        terminal.Output.WriteLine($"Factors: {portfolio.Factors.Source}. All values are estimates; ranges are 5 % to 95 % of {draws} draws.");
    }

    public void WriteJson(Terminal terminal) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("name", portfolio.Name);
        json.WriteString("origin", "estimated");
        json.WriteString("factors", portfolio.Factors.Source);
        json.WriteNumber("inferences", portfolio.Inferences);
        json.WriteNumber("draws", draws);
        json.WriteStartArray("year");
        foreach (var one in Impacts.Criteria)
        {
            json.WriteStartObject();
            json.WriteString("criterion", Impacts.Name(one));
            json.WriteString("unit", Impacts.Unit(one));
            json.WriteNumber("total", breakdown.Total[one]);
            json.WriteNumber("operational", breakdown.Of(ImpactStage.Operational)[one]);
            json.WriteNumber("embodied", breakdown.Of(ImpactStage.Embodied)[one]);
            WriteSpread(json, year[one]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("parts");
        foreach (var component in Enum.GetValues<ImpactComponent>())
        {
            foreach (var stage in Enum.GetValues<ImpactStage>())
            {
                json.WriteStartObject();
                json.WriteString("component", component.ToString());
                json.WriteString("stage", stage.ToString());
                WriteImpacts(json, breakdown[component, stage]);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("scenarios");
        foreach (var outcome in scenarios)
        {
            json.WriteStartObject();
            json.WriteString("name", outcome.Scenario.Name);
            json.WriteStartArray("path");
            foreach (var step in outcome.Path)
            {
                json.WriteStartObject();
                json.WriteNumber("year", step.Year);
                json.WriteNumber("use_cases", step.UseCases);
                json.WriteStartObject("index");
                WriteImpacts(json, step.Index);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("index_spread");
            foreach (var one in Impacts.Criteria)
            {
                json.WriteStartObject(Key(one));
                WriteSpread(json, outcome.Spread[one]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteMeasurement("hardware_for_90_percent_less_climate", Required(outcome));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTornado(json, "tornado_year", analysis.Tornado(criterion));
        if (scenarios is [.., var last]) WriteTornado(json, "tornado_last_scenario", analysis.Tornado(last.Scenario, criterion));
        json.WriteStartArray("return_on_environment");
        foreach (var row in ReturnOnEnvironment.Of(portfolio))
        {
            json.WriteStartObject();
            json.WriteString("use_case", row.UseCase.Name);
            json.WriteNumber("climate_kg", row.Climate);
            if (row.Avoided is { } avoided) json.WriteMeasurement("avoided_kg_per_kg", avoided);
            if (row.Value is { } value) json.WriteMeasurement("value_per_kg", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private void WriteYear(Terminal terminal)
    {
        var table = new TextTable(new("impact of a year"), new("total", true), new("5 %", true), new("95 %", true), new("unit"), new("hardware", true))
        {
            Title = $"{portfolio.Name}: {portfolio.UseCases.Sum(useCase => useCase.Count):N0} use cases, {portfolio.Inferences:N0} inferences a year (ESTIMATED)",
        };
        foreach (var one in Impacts.Criteria)
        {
            var share = breakdown.Of(ImpactStage.Embodied)[one] / breakdown.Total[one];
            table.Add([Impacts.Name(one), Number(breakdown.Total[one]), Number(year[one].Low), Number(year[one].High), Impacts.Unit(one), Percent(share)]);
        }

        table.Write(terminal);
        terminal.Output.WriteLine();
    }

    private void WriteUseCases(Terminal terminal)
    {
        var table = new TextTable(new("use case"), new("kg CO2e a year", true), new("share", true), new("kWh per inference", true), new("score"));
        var rows = portfolio.UseCases.Select(useCase => (UseCase: useCase, Year: ImpactBreakdown.OfYear(useCase, portfolio.Factors).Total))
            .OrderByDescending(row => row.Year.Climate).ToList();
        foreach (var (useCase, impacts) in rows.Take(ShownUseCases))
        {
            var workload = useCase.Workload;
            var one = ImpactBreakdown.OfInference(workload, workload.IsGenerative ? portfolio.Factors.Model(useCase.Model) : null, portfolio.Factors).Total.Energy;
            table.Add([useCase.Name, Number(impacts.Climate), Percent(impacts.Climate / breakdown.Total.Climate), Number(one), EcoScore.Of(one).ToString()]);
        }

        if (rows.Count > ShownUseCases)
        {
            var rest = rows.Skip(ShownUseCases).Sum(row => row.Year.Climate);
            table.Add([$"{rows.Count - ShownUseCases} others", Number(rest), Percent(rest / breakdown.Total.Climate), "", ""]);
        }

        table.Write(terminal);
        terminal.Output.WriteLine();
    }

    private void WriteScenarios(Terminal terminal)
    {
        var table = new TextTable(
            new("scenario (100 = base year)"), new("use cases", true), new("energy", true), new("5 %", true), new("95 %", true), new("climate", true), new("water", true),
            new("primary", true), new("resources", true), new("hardware for -90 %", true));
        foreach (var outcome in scenarios)
        {
            var end = outcome.Path[^1];
            table.Add(
            [
                $"{outcome.Scenario.Name}, {end.Year}", Number(end.UseCases), Number(end.Index.Energy), Number(outcome.Spread[ImpactCriterion.Energy].Low), Number(outcome.Spread[ImpactCriterion.Energy].High),
                Number(end.Index.Climate), Number(end.Index.Water), Number(end.Index.PrimaryEnergy), Number(end.Index.Resources), $"x {Number(Required(outcome))}",
            ]);
        }

        table.Write(terminal);
        terminal.Output.WriteLine();
    }

    private static void WriteTornado(Terminal terminal, string title, IReadOnlyList<TornadoBar> bars)
    {
        const int width = 24;
        var table = new TextTable(new("input"), new("at low", true), new("at high", true), new("swing"), new("range")) { Title = title };
        var widest = bars.Count > 0 ? bars[0].Swing : 0;
        foreach (var bar in bars.Where(bar => bar.Swing > 0))
        {
            var length = Math.Max(1, (int)Math.Round(width * bar.Swing / widest));
            table.Add([bar.Factor.Name, Number(bar.AtLow), Number(bar.AtHigh), new string('#', length), $"{bar.Factor.Distribution.Description} ({bar.Factor.Source})"]);
        }

        table.Write(terminal);
        terminal.Output.WriteLine();
    }

    private void WriteReturns(Terminal terminal)
    {
        var rows = ReturnOnEnvironment.Of(portfolio);
        if (rows.Count == 0) return;
        var table = new TextTable(new("return on environment"), new("kg CO2e a year", true), new("kg avoided per kg", true), new("value per kg", true));
        foreach (var row in rows)
            table.Add([row.UseCase.Name, Number(row.Climate), row.Avoided is { } avoided ? Number(avoided) : "not stated", row.Value is { } value ? Number(value) : "not stated"]);
        table.Write(terminal);
        terminal.Output.WriteLine();
    }

    private double Required(ScenarioOutcome outcome) => Projection.RequiredHardware(portfolio, outcome.Scenario, ImpactCriterion.Climate, NinetyPercentLess);

    private static void WriteTornado(Utf8JsonWriter json, string name, IReadOnlyList<TornadoBar> bars)
    {
        json.WriteStartArray(name);
        foreach (var bar in bars)
        {
            json.WriteStartObject();
            json.WriteString("input", bar.Factor.Name);
            json.WriteString("range", bar.Factor.Distribution.Description);
            json.WriteString("source", bar.Factor.Source);
            json.WriteNumber("at_low", bar.AtLow);
            json.WriteNumber("at_high", bar.AtHigh);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSpread(Utf8JsonWriter json, UncertainResult result)
    {
        json.WriteMeasurement("mean", result.Mean);
        json.WriteMeasurement("median", result.Median);
        json.WriteMeasurement("p5", result.Low);
        json.WriteMeasurement("p95", result.High);
    }

    private static void WriteImpacts(Utf8JsonWriter json, Impacts impacts)
    {
        foreach (var one in Impacts.Criteria) json.WriteMeasurement(Key(one), impacts[one]);
    }

    private static string Key(ImpactCriterion one) => Impacts.Name(one).Replace(' ', '_');

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 0.001 => value.ToString("0.##E+0", CultureInfo.InvariantCulture),
        < 100 => value.ToString("G3", CultureInfo.InvariantCulture),
        _ => value.ToString("N0", CultureInfo.InvariantCulture),
    };
}
