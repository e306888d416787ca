using System.CommandLine;
using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Requests;

namespace Vilfredo.Cli.Commands.Footprint;

/// <summary>The command <c>vilfredo footprint compute</c>.</summary>
internal static class ComputeCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("compute", "Estimate a computation from its time and parts, as the Green Algorithms calculator does.")
        {
            Details = "Energy = hours x (cores x W x usage + accelerators x W x usage + GB x 0.3725 W) x runs, then x PUE once, then x the grid.",
            Examples = [new("vilfredo footprint compute --hours 12 --cores 16 --core-watts 8 --accelerators 2 --accelerator-watts 250 --memory 64 --pue 1.56 --location DEU", "A training run on a server")],
        };
        var hours = new Option<double>("--hours") { HelpName = "H", Description = "Hours of one run.", Required = true };
        var cores = Amount("--cores", "N", "Processor cores.", 0);
        var coreWatts = Amount("--core-watts", "W", "Watts of one core at full load.", 0);
        var coreUsage = Amount("--core-usage", "SHARE", "Mean load of the cores, 0 to 1.", 1);
        var accelerators = Amount("--accelerators", "N", "Accelerators.", 0);
        var acceleratorWatts = Amount("--accelerator-watts", "W", "Watts of one accelerator at full load.", 0);
        var acceleratorUsage = Amount("--accelerator-usage", "SHARE", "Mean load of the accelerators, 0 to 1.", 1);
        var memory = Amount("--memory", "GB", "Memory that is reserved.", 0);
        var runs = Amount("--runs", "N", "How often it is run in all, tries included.", 1);
        foreach (var option in new Option[] { hours, cores, coreWatts, coreUsage, accelerators, acceleratorWatts, acceleratorUsage, memory, runs }) command.Add(option);
        var grid = new GridOptions(command, hasSeries: false);
        var json = OutputOptions.Json();
        command.Add(json);
        command.Handle(parse =>
        {
            var computation = new GreenAlgorithms
            {
                Hours = parse.GetRequiredValue(hours),
                Cores = parse.GetRequiredValue(cores),
                WattsPerCore = parse.GetRequiredValue(coreWatts),
                CoreUsage = parse.GetRequiredValue(coreUsage),
                Accelerators = parse.GetRequiredValue(accelerators),
                WattsPerAccelerator = parse.GetRequiredValue(acceleratorWatts),
                AcceleratorUsage = parse.GetRequiredValue(acceleratorUsage),
                MemoryGigabytes = parse.GetRequiredValue(memory),
                Runs = parse.GetRequiredValue(runs),
            };
            if (computation is { Cores: > 0, WattsPerCore: 0 }) throw new UserErrorException("--cores without --core-watts would cost nothing", "Give the TDP of the processor over its cores.");
            if (computation is { Accelerators: > 0, WattsPerAccelerator: 0 }) throw new UserErrorException("--accelerators without --accelerator-watts would cost nothing", "Give the TDP of one.");
            var energy = UserInput.Checked("the computation", computation.Energy);
            Write(terminal, parse.GetValue(json), energy, grid.Facility(parse), grid.Intensity(parse, out _));
            return ExitCode.Success;
        });
        return command;
    }

    private static Option<double> Amount(string name, string help, string description, double otherwise) =>
        new(name) { HelpName = help, Description = description, DefaultValueFactory = _ => otherwise };

    private static void Write(Terminal terminal, bool asJson, ItEnergy energy, Facility facility, CarbonIntensity intensity)
    {
        var total = facility.Total(energy);
        var grams = intensity.Grams(total);
        var water = facility.Water(energy);
        if (asJson)
        {
            terminal.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("origin", "estimated");
                json.WriteNumber("it_energy_kwh", energy.KilowattHours);
                json.WriteNumber("pue", facility.Pue);
                json.WriteNumber("facility_energy_kwh", total.KilowattHours);
                json.WriteString("intensity", intensity.Description);
                json.WriteNumber("operational_g_co2e", grams);
                if (water is { } litres) json.WriteNumber("water_l", litres);
                else json.WriteNull("water_l");
                json.WriteNumber("car_km", Equivalents.CarKilometres(grams));
                json.WriteNumber("tree_months", Equivalents.TreeMonths(grams));
                json.WriteEndObject();
            });
            return;
        }

        var table = new TextTable(new("quantity"), new("value", true), new("unit"), new("how")) { Title = "Computation (ESTIMATED)" };
        table.Add(["energy of the computers", Number(energy.KilowattHours), "kWh", string.Create(CultureInfo.InvariantCulture, $"parts x usage, memory {MemoryPower.WattsPerGigabyte} W/GB")]);
        table.Add(["energy of the building", Number(total.KilowattHours), "kWh", $"x PUE {Number(facility.Pue)}"]);
        table.Add(["CO2e of electricity", Number(grams), "g", intensity.Description]);
        table.Add(["water", water is { } amount ? Number(amount) : "unknown", "l", water is null ? "needs --wue and --grid-water" : "x stated factors"]);
        table.Add(["the same by car", Number(Equivalents.CarKilometres(grams)), "km", string.Create(CultureInfo.InvariantCulture, $"{Equivalents.CarGramsPerKilometre} g/km, EU (Green Algorithms)")]);
        table.Add(["bound by a tree in", Number(Equivalents.TreeMonths(grams)), "months", string.Create(CultureInfo.InvariantCulture, $"{Equivalents.TreeGramsPerMonth} g a month (Green Algorithms)")]);
        table.Write(terminal);
    }

    private static string Number(double value) => value.ToString(value is 0 or (>= 0.001 and < 1e7) ? "G4" : "0.###E+0", CultureInfo.InvariantCulture);
}
