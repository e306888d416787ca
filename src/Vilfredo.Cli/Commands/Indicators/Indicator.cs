using System.CommandLine;
using System.Text.Json;
using Vilfredo.Cli.Commands.Points;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.IO;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>What all indicators have in common: files of points, directions, and one result per data set, in order.</summary>
internal sealed class Indicator
{
    private readonly Terminal _terminal;
    private readonly Command _command;
    private readonly Argument<string[]> _files = PointInput.Files();
    private readonly Option<string[]> _maximise = Orientation.Option();
    private readonly Option<bool> _json = OutputOptions.Json();

    /// <summary>Adds the common argument and options to a command; call it after the command's own options are added.</summary>
    public Indicator(CliCommand command, Terminal terminal)
    {
        _command = command;
        _terminal = terminal;
        command.Add(_files);
        command.Add(_maximise);
        command.Add(_json);
    }

    /// <summary>Reads the data sets the command line names.</summary>
    public IReadOnlyList<DataSet> Read(ParseResult parse, bool allowInfinity = true) => DataSet.Of(
        PointInput.ReadAll(parse.GetRequiredValue(_files), new PointFileOptions { AllowInfinity = allowInfinity }),
        parse.GetValue(_maximise));

    /// <summary>Writes one number per data set.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="sets">The data sets.</param>
    /// <param name="compute">The indicator; its argument errors are the user's (shapes and values of the input).</param>
    /// <param name="settings">Writes what else the result depends on as properties of the JSON object.</param>
    public int WriteNumbers(
        ParseResult parse, IReadOnlyList<DataSet> sets, Func<DataSet, double> compute, Action<Utf8JsonWriter>? settings = null) =>
        Write(
            parse,
            sets,
            set => Guarded(set, compute),
            value => _terminal.Output.WriteLine(NumberText.Format(value)),
            (json, value) => json.WriteMeasurement("value", value),
            settings);

    /// <summary>Writes one number per point, a blank line between data sets.</summary>
    /// <inheritdoc cref="WriteNumbers"/>
    public int WriteNumbersPerPoint(
        ParseResult parse, IReadOnlyList<DataSet> sets, Func<DataSet, double[]> compute, Action<Utf8JsonWriter>? settings = null)
    {
        var first = true;
        return Write(
            parse,
            sets,
            set => Guarded(set, compute),
            values =>
            {
                if (!first)
                    _terminal.Output.WriteLine();
                first = false;
                foreach (var value in values)
                    _terminal.Output.WriteLine(NumberText.Format(value));
            },
            (json, values) => json.WriteMeasurements("values", values),
            settings);
    }

    /// <summary>Whether the result is to be written as JSON.</summary>
    public bool WantsJson(ParseResult parse) => parse.GetValue(_json);

    private int Write<T>(
        ParseResult parse,
        IReadOnlyList<DataSet> sets,
        Func<DataSet, T> compute,
        Action<T> writeText,
        Action<Utf8JsonWriter, T> writeJson,
        Action<Utf8JsonWriter>? settings)
    {
        if (!WantsJson(parse))
        {
            foreach (var set in sets)
                writeText(compute(set));
            return ExitCode.Success;
        }

        var results = sets.Select(compute).ToList();
        _terminal.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("indicator", _command.Name);
            settings?.Invoke(json);
            json.WriteStartArray("results");
            foreach (var (set, result) in sets.Zip(results))
            {
                json.WriteStartObject();
                json.WriteString("file", set.File.Source);
                json.WriteNumber("set", set.Number);
                json.WriteNumber("points", set.Source.Count);
                json.WriteNumber("objectives", set.Objectives);
                writeJson(json, result);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        return ExitCode.Success;
    }

    private static T Guarded<T>(DataSet set, Func<DataSet, T> compute)
    {
        try
        {
            return compute(set);
        }
        catch (ArgumentException error)
        {
            throw UserErrorException.From(set.Place, error);
        }
    }
}
