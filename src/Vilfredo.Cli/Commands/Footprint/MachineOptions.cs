using System.CommandLine;
using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Tracking;

namespace Vilfredo.Cli.Commands.Footprint;

/// <summary>The options that describe the computer: its power where it has no counters, and what making it cost.</summary>
internal sealed class MachineOptions
{
    private readonly Option<double?> tdp = new("--tdp") { HelpName = "W", Description = "Thermal design power of all its processors together, for a machine without counters." };

    private readonly Option<string> law = new("--power-law")
    {
        HelpName = "proportional|cubic|half",
        Description = "Power by load: TDP x load; TDP x (0.1 + 0.9 load^3); TDP / 2 always.",
        DefaultValueFactory = _ => "proportional",
    };

    private readonly Option<double> memory = new("--memory-watts")
    {
        HelpName = "W",
        Description = "Power of memory per GB that the command holds.",
        DefaultValueFactory = _ => MemoryPower.WattsPerGigabyte,
    };

    private readonly Option<double?> accelerators = new("--accelerator-watts") { HelpName = "W", Description = "Constant power of accelerators that no counter shows." };
    private readonly Option<double?> embodied = new("--embodied-kg") { HelpName = "KG", Description = "CO2e of making the machine; a published factor per processor hour unless given." };
    private readonly Option<double> lifetime = new("--lifetime-hours") { HelpName = "H", Description = "Hours over which that is spread.", DefaultValueFactory = _ => EmbodiedCarbon.FourYearsHours };

    /// <summary>Adds the options to a command.</summary>
    public MachineOptions(Command command)
    {
        law.AcceptOnlyFromAmong("proportional", "cubic", "half");
        foreach (var option in new Option[] { tdp, law, memory, accelerators, embodied, lifetime }) command.Add(option);
    }

    /// <summary>What making the machine costs per hour.</summary>
    public EmbodiedCarbon Embodied(ParseResult parse, int processors)
    {
        if (parse.GetValue(embodied) is not { } kilograms) return EmbodiedCarbon.OfProcessors(processors);
        UserInput.Checked("--embodied-kg", () => EmbodiedCarbon.OfMachine(kilograms));
        return UserInput.Checked("--lifetime-hours", () => EmbodiedCarbon.OfMachine(kilograms, parse.GetValue(lifetime)));
    }

    /// <summary>Counters where there are any, else models.</summary>
    public EnergyMeters Meters(ParseResult parse, FootprintScope scope, int processors)
    {
        var stated = parse.GetValue(tdp);
        var shape = parse.GetRequiredValue(law) switch
        {
            "cubic" => ProcessorPowerLaw.Cubic,
            "half" => ProcessorPowerLaw.Half,
            _ => ProcessorPowerLaw.Proportional,
        };
        if (stated is { } power) UserInput.Checked("--tdp", () => new ProcessorPowerModel(power));
        var meters = UserInput.Checked("--memory-watts", () => EnergyMeters.Detect(scope, processors, stated, shape, parse.GetValue(memory)));
        if (parse.GetValue(accelerators) is not { } watts) return meters;
        var constant = UserInput.Checked("--accelerator-watts", () => new ConstantPowerMeter(EnergyComponent.Accelerator, watts, "stated"));
        return meters with { Meters = [.. meters.Meters.Where(meter => meter.Component != EnergyComponent.Accelerator), constant] };
    }
}
