using System.CommandLine;
using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.IO;
using Vilfredo.Measurement.Footprint.Requests;

namespace Vilfredo.Cli.Commands.Footprint;

/// <summary>The command <c>vilfredo footprint request</c>.</summary>
internal static class RequestCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("request", "Estimate calls of a served language model from their tokens.")
        {
            Details = "Energy and time per token as EcoLogits fits them to measurements of open models on H100 servers. Sizes that are not published are "
                + "given as a range, which is carried through. Hidden reasoning counts as output.",
            Examples =
            [
                new("vilfredo footprint request --tokens 500 --active 70 --location FRA --pue 1.2", "A dense model of 70 billion parameters"),
                new("vilfredo footprint request --tokens 2000 --active 20..80 --total 400..1800 --requests 1e6 --json", "A closed mixture of experts, a million calls"),
            ],
        };
        var tokens = new Option<double>("--tokens") { HelpName = "N", Description = "Tokens written per call.", Required = true };
        var active = new Option<string>("--active") { HelpName = "B|LOW..HIGH", Description = "Parameters active per token, billions.", Required = true };
        var total = new Option<string?>("--total") { HelpName = "B|LOW..HIGH", Description = "All parameters, billions; the active ones unless given." };
        var requests = new Option<double>("--requests") { HelpName = "N", Description = "How many calls.", DefaultValueFactory = _ => 1 };
        var seconds = new Option<double?>("--seconds") { HelpName = "S", Description = "Measured time of a call, which generation does not exceed." };
        var batch = new Option<double>("--batch") { HelpName = "N", Description = "Calls that the server works on together.", DefaultValueFactory = _ => TokenModel.DefaultBatch };
        foreach (var option in new Option[] { tokens, active, total, requests, seconds, batch }) command.Add(option);
        var grid = new GridOptions(command, hasSeries: false);
        var json = OutputOptions.Json();
        command.Add(json);
        command.Handle(parse =>
        {
            var count = parse.GetRequiredValue(requests);
            if (!double.IsFinite(count) || count < 0) throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"--requests: {count} is not a finite number of at least 0"));
            var call = new LanguageModelRequest
            {
                OutputTokens = parse.GetRequiredValue(tokens),
                ActiveBillions = Range("--active", parse.GetRequiredValue(active)),
                TotalBillions = parse.GetValue(total) is { } all ? Range("--total", all) : null,
                MeasuredSeconds = parse.GetValue(seconds),
                Batch = parse.GetRequiredValue(batch),
                Facility = grid.Facility(parse),
                Intensity = grid.Intensity(parse, out _),
            };
            var footprint = UserInput.Checked("the request", () => RequestFootprint.Estimate(call));
            if (parse.GetValue(json)) WriteJson(terminal, footprint, count);
            else WriteTable(terminal, footprint, count);
            return ExitCode.Success;
        });
        return command;
    }

    private static AmountRange Range(string option, string text)
    {
        var ends = text.Split("..");
        var numbers = new double[ends.Length];
        for (var i = 0; i < ends.Length; i++)
        {
            if (ends.Length > 2 || NumberText.Parse(ends[i].Trim(), out numbers[i]) != NumberProblem.None)
                throw new UserErrorException($"{option}: \"{text}\" is neither a number nor a range", "Write 70, or 20..80.");
        }

        return UserInput.Checked(option, () => new AmountRange(numbers[0], numbers[^1]));
    }

    private static IEnumerable<(string Name, string Key, AmountRange? Value, string Unit)> Rows(RequestFootprint footprint, double count)
    {
        AmountRange Times(AmountRange range, double factor) => range.Map(value => value * factor);
        yield return ("time of a call", "seconds_per_request", footprint.Seconds, "s");
        yield return ("accelerators", "accelerators", footprint.Accelerators, "");
        yield return ("energy of the servers", "server_kwh", Times(footprint.ServerKilowattHours, count), "kWh");
        yield return ("energy of the data centre", "facility_kwh", Times(footprint.FacilityKilowattHours, count), "kWh");
        yield return ("CO2e of electricity", "operational_g_co2e", Times(footprint.OperationalGrams, count), "g");
        yield return ("CO2e of the hardware's share", "embodied_g_co2e", Times(footprint.EmbodiedGrams, count), "g");
        yield return ("CO2e in all", "total_g_co2e", Times(footprint.TotalGrams, count), "g");
        yield return ("metals of the hardware's share", "embodied_kg_sb", Times(footprint.EmbodiedAntimonyKilograms, count), "kg Sb e");
        yield return ("primary energy of that share", "embodied_mj", Times(footprint.EmbodiedMegajoules, count), "MJ");
        yield return ("water", "water_l", footprint.WaterLitres is { } water ? Times(water, count) : null, "l");
    }

    private static void WriteTable(Terminal terminal, RequestFootprint footprint, double count)
    {
        var table = new TextTable(new("quantity"), new("low", true), new("high", true), new("unit")) { Title = string.Create(CultureInfo.InvariantCulture, $"{count:N0} call(s) (ESTIMATED)") };
        foreach (var (name, _, value, unit) in Rows(footprint, count))
            table.Add([name, value is { } low ? Number(low.Low) : "unknown", value is { } high ? Number(high.High) : "unknown", unit]);
        table.Write(terminal);
        foreach (var assumption in footprint.Assumptions) terminal.Output.WriteLine($"  - {assumption}");
    }

    private static void WriteJson(Terminal terminal, RequestFootprint footprint, double count) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("origin", "estimated");
        json.WriteNumber("requests", count);
        foreach (var (_, key, value, _) in Rows(footprint, count))
        {
            if (value is not { } range)
            {
                json.WriteNull(key);
                continue;
            }

            json.WriteStartObject(key);
            json.WriteNumber("low", range.Low);
            json.WriteNumber("high", range.High);
            json.WriteEndObject();
        }

        json.WriteStartArray("assumptions");
        foreach (var assumption in footprint.Assumptions) json.WriteStringValue(assumption);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Number(double value) => value.ToString(value is 0 or (>= 0.001 and < 1e7) ? "G4" : "0.###E+0", CultureInfo.InvariantCulture);
}
