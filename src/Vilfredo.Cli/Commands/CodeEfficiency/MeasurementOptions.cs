using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Metering;

namespace Vilfredo.Cli.Commands.CodeEfficiency;

/// <summary>The options that say how samples are run and what is counted.</summary>
internal sealed class MeasurementOptions
{
    private static readonly string[] Axes = ["cpu", "process", "wall", "bytes", "instructions"];

    private readonly Option<string> cost = new("--cost")
    {
        HelpName = string.Join('|', Axes),
        Description = "What is counted: CPU seconds of the thread or process, wall seconds, allocated bytes (C#), instructions (valgrind).",
        DefaultValueFactory = _ => Axes[0],
    };

    private readonly Option<int> repeats = new("--repeats") { HelpName = "N", Description = "Timed runs of every test; their median counts.", DefaultValueFactory = _ => 5 };
    // Two: .NET makes the code that passes the arguments in the second call of a method.
    private readonly Option<int> warmUp = new("--warm-up") { HelpName = "N", Description = "Untimed runs before them.", DefaultValueFactory = _ => 2 };
    private readonly Option<double> cpuLimit = new("--cpu-limit") { HelpName = "SECONDS", Description = "CPU time of one run.", DefaultValueFactory = _ => 10 };
    private readonly Option<int> memory = new("--memory") { HelpName = "MIB", Description = "Memory of a sample.", DefaultValueFactory = _ => 512 };

    /// <summary>Adds the options to a command.</summary>
    public MeasurementOptions(Command command)
    {
        cost.AcceptOnlyFromAmong(Axes);
        foreach (var option in new Option[] { cost, repeats, warmUp, cpuLimit, memory }) command.Add(option);
    }

    /// <summary>What is counted.</summary>
    public CostAxis Axis(ParseResult parse)
    {
        var axis = (CostAxis[])[CostAxis.ThreadCpuTime, CostAxis.ProcessCpuTime, CostAxis.WallTime, CostAxis.AllocatedBytes, CostAxis.Instructions];
        var chosen = axis[Array.IndexOf(Axes, parse.GetRequiredValue(cost))];
        return chosen != CostAxis.Instructions || InstructionMeter.IsAvailable
            ? chosen
            : throw new UserErrorException("--cost instructions: there is no valgrind on the PATH", "Install valgrind, or choose another cost.");
    }

    /// <summary>The unit of a cost.</summary>
    public static string Unit(CostAxis axis) => axis switch
    {
        CostAxis.AllocatedBytes => "B",
        CostAxis.Instructions => "instructions",
        _ => "s",
    };

    /// <summary>The number of timed runs when it was asked for; <see langword="null"/> for the default.</summary>
    public int? ExplicitRepeats(ParseResult parse) =>
        parse.GetResult(repeats) is { Implicit: false } ? InRange("--repeats", parse.GetRequiredValue(repeats), 1, 1000) : null;

    /// <summary>How samples are run.</summary>
    public RunSettings Settings(ParseResult parse) => new()
    {
        Repeats = InRange("--repeats", parse.GetRequiredValue(repeats), 1, 1000),
        WarmUp = InRange("--warm-up", parse.GetRequiredValue(warmUp), 0, 1000),
        Limits = new RunLimits
        {
            CpuTime = TimeSpan.FromSeconds(InRange("--cpu-limit", parse.GetRequiredValue(cpuLimit), 0.01, 3600)),
            MemoryBytes = (long)InRange("--memory", parse.GetRequiredValue(memory), 16, 1 << 20) << 20,
        },
    };

    /// <summary>The value, or an error that names the option and its range.</summary>
    public static T InRange<T>(string name, T value, T least, T most)
        where T : IComparable<T> => value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new UserErrorException(FormattableString.Invariant($"{name}: {value} is outside {least} to {most}"));
}
