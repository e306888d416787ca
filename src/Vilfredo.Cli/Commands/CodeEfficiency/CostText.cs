using System.Globalization;
using System.Text.Json;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Metering;
using Vilfredo.Measurement.CodeEfficiency.Running.Sandbox;

namespace Vilfredo.Cli.Commands.CodeEfficiency;

/// <summary>How costs, verdicts and protections are written.</summary>
internal static class CostText
{
    /// <summary>A cost with four digits, <c>&gt;=</c> before one that was cut off, <c>-</c> for none.</summary>
    public static string Of(CensoredValue? cost) => cost?.ToString(cost.Value.Value is > 9999 and < 1e15 ? "F0" : "G4", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>A verdict in words.</summary>
    public static string Of(SampleVerdict verdict) => verdict switch
    {
        SampleVerdict.WrongAnswer => "wrong answer",
        SampleVerdict.TimeLimit => "time limit",
        SampleVerdict.MemoryLimit => "memory limit",
        SampleVerdict.OutputLimit => "output limit",
        SampleVerdict.ProcessLimit => "process limit",
        SampleVerdict.CompileError => "compile error",
        SampleVerdict.PolicyViolation => "policy violation",
        SampleVerdict.NotRun => "not run",
        SampleVerdict.HostFailure => "host failure",
        _ => verdict.ToString().ToLowerInvariant(),
    };

    /// <summary>A line on what the sandbox lacks on this machine, or <see langword="null"/>.</summary>
    public static string? Missing(SandboxReport? sandbox) => sandbox is null || sandbox.IsComplete
        ? null
        : $"this machine does not offer {string.Join(", ", sandbox.Missing)}: {sandbox.Reason}";

    /// <summary>Writes a cost as <c>{"value": x, "censored": false}</c>, or null.</summary>
    public static void Write(Utf8JsonWriter json, string name, CensoredValue? cost)
    {
        if (cost is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("value", known.Value);
        json.WriteBoolean("censored", known.IsCensored);
        json.WriteEndObject();
    }

    /// <summary>Writes how costs were measured, and what protected the machine.</summary>
    public static void WriteConditions(Utf8JsonWriter json, CostAxis axis, SampleRun? run)
    {
        json.WriteString("cost_axis", axis.ToString());
        json.WriteString("unit", MeasurementOptions.Unit(axis));
        json.WriteString("runtime", run?.Runtime);
        json.WriteStartObject("runtime_settings");
        foreach (var (name, value) in run?.RuntimeSettings ?? new Dictionary<string, string>()) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartArray("missing_protections");
        foreach (var missing in run?.Sandbox?.Missing ?? []) json.WriteStringValue(missing.ToString());
        json.WriteEndArray();
    }
}
