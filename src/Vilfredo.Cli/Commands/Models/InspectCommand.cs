using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Checkpoints.Safetensors;
using Vilfredo.Neural.Transformers;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Models;

/// <summary>The command <c>vilfredo inspect</c>.</summary>
internal static class InspectCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("inspect", "Show what is in a checkpoint and what its model costs.")
        {
            Details = "Only headers and config.json are read: a checkpoint of any size is shown at once. Operations and bytes are the analytic counts that "
                + "training and generation report too.",
            Examples =
            [
                new("vilfredo inspect models/reasoner-0.3m", "Parameters, operations and cache of a model"),
                new("vilfredo inspect model.safetensors --tensors", "Every tensor of a file"),
                new("vilfredo inspect models/reasoner-0.3m --length 2048 --json", "For machines"),
            ],
        };
        var path = new Argument<string>("CHECKPOINT") { Description = "A safetensors file, or a folder with config.json and safetensors files." };
        var length = new Option<int>("--length") { HelpName = "T", Description = "The length of sequence that operations and cache are for.", DefaultValueFactory = _ => 1024 };
        var tensors = new Option<bool>("--tensors") { Description = "List every tensor." };
        var json = OutputOptions.Json();
        command.Add(path);
        foreach (var option in new Option[] { length, tensors, json }) command.Add(option);
        command.Handle(parse =>
        {
            if (parse.GetValue(length) is < 1 and var given)
                throw new UserErrorException($"--length: {given} is below 1");
            var checkpoint = Read(parse.GetRequiredValue(path));
            var report = new Report(terminal, checkpoint, parse.GetValue(length), parse.GetValue(tensors));
            if (parse.GetValue(json))
                report.WriteJson();
            else
                report.WriteTables();
            return ExitCode.Success;
        });
        return command;
    }

    private static Inspected Read(string path)
    {
        try
        {
            return Inspected.Of(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or InvalidConfigException or SafetensorsFormatException)
        {
            throw new UserErrorException($"{path}: {error.Message.TrimEnd('.')}", "Name a .safetensors file, or a folder with config.json and safetensors files.");
        }
    }

    /// <summary>The tables of a checkpoint.</summary>
    private sealed class Report(Terminal terminal, Inspected checkpoint, int length, bool listsTensors)
    {
        private readonly DecoderCosts? _costs = checkpoint.Config is { } config ? new(config) : null;

        public void WriteTables()
        {
            terminal.Output.WriteLine($"{checkpoint.Path}: {checkpoint.Tensors.Count} tensors, {Whole(checkpoint.Elements)} numbers, {Bytes(checkpoint.Bytes)} in {checkpoint.Files} {(checkpoint.Files == 1 ? "file" : "files")} ({checkpoint.Types})");
            if (_costs is { } costs && checkpoint.Config is { } config)
            {
                terminal.Output.WriteLine($"{config.ModelType}: {config.NumHiddenLayers} layers of width {config.HiddenSize}, {config.NumAttentionHeads} heads ({config.KeyValueHeads} of keys and values), vocabulary {config.VocabSize:N0}");
                terminal.Output.WriteLine();
                WriteParameters(costs.Parameters);
                terminal.Output.WriteLine();
                WriteCosts(costs);
            }

            if (!listsTensors)
                return;
            terminal.Output.WriteLine();
            var table = new TextTable(new("tensor"), new("type"), new("shape"), new("bytes", true));
            foreach (var entry in checkpoint.Tensors)
                table.Add([entry.Name, entry.Type.Name(), entry.ShapeText, Whole(entry.ByteCount)]);
            table.Write(terminal);
        }

        public void WriteJson() => terminal.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("path", checkpoint.Path);
            json.WriteNumber("files", checkpoint.Files);
            json.WriteNumber("tensor_count", checkpoint.Tensors.Count);
            json.WriteNumber("numbers", checkpoint.Elements);
            json.WriteNumber("bytes", checkpoint.Bytes);
            if (_costs is { } costs)
                WriteModel(json, costs);
            if (listsTensors)
            {
                json.WriteStartArray("tensors");
                foreach (var entry in checkpoint.Tensors)
                {
                    json.WriteStartObject();
                    json.WriteString("name", entry.Name);
                    json.WriteString("type", entry.Type.Name());
                    json.WritePropertyName("shape");
                    JsonSerializer.Serialize(json, entry.Shape);
                    json.WriteNumber("bytes", entry.ByteCount);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        });

        private void WriteModel(Utf8JsonWriter json, DecoderCosts costs)
        {
            var (parameters, forward) = (costs.Parameters, costs.Forward(length));
            json.WriteStartObject("parameters");
            foreach (var (name, count) in Parts(parameters))
                json.WriteNumber(name.Replace(' ', '_'), count);
            json.WriteNumber("total", parameters.Total);
            json.WriteNumber("active", parameters.Active);
            json.WriteEndObject();
            json.WriteNumber("sequence_length", length);
            json.WriteNumber("forward_flops_per_token", (double)forward.TotalFlops / length);
            json.WriteNumber("training_flops_per_token", costs.TrainingFlopsPerToken(length));
            json.WriteNumber("cache_bytes_per_token", costs.CacheBytes(1));
        }

        private void WriteParameters(ParameterCount parameters)
        {
            var table = new TextTable(new("parameters in"), new("count", true), new("share %", true));
            foreach (var (name, count) in Parts(parameters))
                table.Add([name, Whole(count), Percent(count)]);
            table.Add(["all", Whole(parameters.Total), "100.0"], emphasized: true);
            if (parameters.Active != parameters.Total)
                table.Add(["active per token", Whole(parameters.Active), Percent(parameters.Active)]);
            table.Write(terminal);

            string Percent(long count) => (100.0 * count / parameters.Total).ToString("0.0", CultureInfo.InvariantCulture);
        }

        private void WriteCosts(DecoderCosts costs)
        {
            var forward = costs.Forward(length);
            var table = new TextTable(new($"costs at {length:N0} tokens"), new("per token", true), new("per sequence", true));
            foreach (var (name, flops) in new[]
            {
                ("projections", forward.ProjectionFlops), ("attention", forward.AttentionFlops), ("feed-forward", forward.FeedForwardFlops), ("output head", forward.HeadFlops), ("forward pass", forward.TotalFlops),
            })
                table.Add([name, Flops((double)flops / length), Flops(flops)], emphasized: name == "forward pass");
            var training = costs.TrainingFlopsPerToken(length);
            table.Add(["training step", Flops(training), Flops(training * length)], emphasized: true);
            table.Add(["keys and values", Bytes(costs.CacheBytes(1)), Bytes(costs.CacheBytes(length))]);
            table.Write(terminal);
        }

        private static IEnumerable<(string Name, long Count)> Parts(ParameterCount parameters) =>
        [
            ("embedding", parameters.Embedding), ("attention", parameters.Attention), ("feed forward", parameters.FeedForward),
            ("normalization", parameters.Normalization), ("output head", parameters.Head),
        ];

        private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

        private static string Flops(double number) => CostUnit.Of(CostKind.Flops).Format(number);

        private static string Bytes(double number) => CostUnit.Of(CostKind.PeakMemory).Format(number);
    }
}
