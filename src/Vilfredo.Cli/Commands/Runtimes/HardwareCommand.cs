using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.IdealizedRuntime.Comparison;

namespace Vilfredo.Cli.Commands.Runtimes;

/// <summary>The command <c>vilfredo runtime hardware</c>.</summary>
internal static class HardwareCommand
{
    private const double Million = 1e6;

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("hardware", "The published architectures on two kinds of hardware: time and money per output token.")
        {
            Details = "From Narayanan et al. (arXiv 2305.02440): fp16, batch size 1, one request at a time, prices of 2022 (4.096 USD an hour for an A100-80GB, "
                + "3.06 for a V100). Counts and times that were not published are left out.",
            Examples = [new("vilfredo runtime hardware", "Faster is not always dearer"), new("vilfredo runtime hardware --json", "For machines")],
        };
        var json = OutputOptions.Json();
        command.Add(json);
        command.Handle(parse =>
        {
            if (parse.GetValue(json)) WriteJson(terminal);
            else WriteTable(terminal);
            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteTable(Terminal terminal)
    {
        var table = new TextTable(
            new("architecture"), new("hidden", true), new("layers", true), new("A100s", true), new("[s/token]", true), new("[USD/M tokens]", true),
            new("V100s", true), new("[s/token]", true), new("[USD/M tokens]", true));
        foreach (var row in PublishedArchitectures.All)
        {
            table.Add(
            [
                row.Name, $"{row.Shape.HiddenSize}", $"{row.Shape.Layers}", $"{row.A100Count}", Number(row.A100SecondsPerToken, "0.000"),
                Number(Million * row.A100DollarsPerToken, "N0"), row.V100Count?.ToString(CultureInfo.InvariantCulture) ?? "-",
                Number(row.V100SecondsPerToken, "0.000"), Number(Million * row.V100DollarsPerToken, "N0"),
            ]);
        }

        table.Write(terminal);
    }

    private static void WriteJson(Terminal terminal) => terminal.WriteJson(json =>
    {
        json.WriteStartArray();
        foreach (var row in PublishedArchitectures.All)
        {
            json.WriteStartObject();
            json.WriteString("architecture", row.Name);
            json.WriteNumber("hidden_size", row.Shape.HiddenSize);
            json.WriteNumber("layers", row.Shape.Layers);
            json.WriteNumber("a100_count", row.A100Count);
            json.WriteNumber("a100_seconds_per_token", row.A100SecondsPerToken);
            json.WriteNumber("a100_usd_per_token", row.A100DollarsPerToken);
            if (row.V100Count is { } count) json.WriteNumber("v100_count", count);
            if (row.V100SecondsPerToken is { } seconds) json.WriteNumber("v100_seconds_per_token", seconds);
            if (row.V100DollarsPerToken is { } dollars) json.WriteNumber("v100_usd_per_token", dollars);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
