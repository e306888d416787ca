using System.CommandLine;
using System.Globalization;
using System.Net;
using Spectre.Console;
using Vilfredo.Cli.Commands.Evaluation;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Inference.Serving;
using Vilfredo.IO;
using Vilfredo.Server.Hosting;
using Vilfredo.Server.Keys;

namespace Vilfredo.Cli.Commands.Serving;

/// <summary>The command <c>vilfredo serve</c>.</summary>
internal static class ServeCommand
{
    private const string KeyVariable = "VILFREDO_API_KEY";

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("serve", "Answer OpenAI-compatible requests with the points of a measured frontier.")
        {
            Details = "A request names a point, or the frontier and what it wants (headers x-vilfredo-max-cost, -max-latency, -min-quality, -weights); the answer says which point it was, and what it cost. The file is read "
                + $"again when it changes. Keys come from --keys or the environment variable {KeyVariable}; without any, only this machine may ask. Ctrl-C finishes what runs.",
            Examples =
            [
                new("vilfredo serve vilfredo-report/eval.frontier.json", "On http://127.0.0.1:8080, for this machine"),
                new("vilfredo serve eval.frontier.json --host 0.0.0.0 --keys keys.json --usage usage.db", "For others, with keys whose limits hold across restarts"),
            ],
        };
        var file = new Argument<string>("frontier") { HelpName = "FRONTIER.json", Description = "A frontier that 'vilfredo evaluate' wrote." };
        var port = new Option<int>("--port") { HelpName = "N", Description = "The port; 0 takes a free one.", DefaultValueFactory = _ => 8080 };
        var host = new Option<string>("--host") { HelpName = "ADDRESS", Description = "The address to listen on.", DefaultValueFactory = _ => IPAddress.Loopback.ToString() };
        var keys = new Option<string?>("--keys") { HelpName = "FILE", Description = "Who may ask, with limits; docs/serving.md has the form." };
        var usage = new Option<string?>("--usage") { HelpName = "FILE", Description = "Where the use of keys is kept, so that limits hold across restarts." };
        var concurrency = new Option<int>("--concurrency") { HelpName = "N", Description = "Requests that are answered at once.", DefaultValueFactory = _ => 1024 };
        var queue = new Option<int>("--queue") { HelpName = "N", Description = "Requests that wait for a place; further ones are turned away.", DefaultValueFactory = _ => 4096 };
        var grace = new Option<string>("--grace") { HelpName = "DURATION", Description = "How long running requests may take after Ctrl-C.", DefaultValueFactory = _ => "30 s" };
        var strategies = new Option<bool>("--strategies") { Description = "Let requests name any strategy over the frontier's models, measured or not, as STRATEGY-MODEL." };
        var json = new Option<bool>("--json-log") { Description = "The log as one JSON object a line." };
        command.Add(file);
        foreach (var option in new Option[] { port, host, keys, usage, concurrency, queue, grace, strategies, json }) command.Add(option);
        command.Handle(async (parse, cancellation) =>
        {
            var path = parse.GetRequiredValue(file);
            if (!IPAddress.TryParse(parse.GetRequiredValue(host), out var address))
                throw new UserErrorException($"--host: '{parse.GetValue(host)}' is no address", "Give one such as 127.0.0.1 or 0.0.0.0.");
            if (!Durations.TryParse(parse.GetRequiredValue(grace), out var wait))
                throw new UserErrorException($"--grace: '{parse.GetValue(grace)}' is no duration", "Write it like 10 s or 2 min.");
            if (parse.GetValue(port) is < 0 or > 65535)
                throw new UserErrorException($"--port must be from 0 to 65535, not {parse.GetValue(port)}");
            var options = new ServerOptions
            {
                FrontierPath = path,
                Address = address,
                Port = parse.GetValue(port),
                Keys = ReadKeys(parse.GetValue(keys)),
                UsagePath = parse.GetValue(usage),
                MaximumConcurrency = parse.GetValue(concurrency),
                QueueLength = parse.GetValue(queue),
                Grace = wait,
                AllowsStrategies = parse.GetValue(strategies),
                LogsJson = parse.GetValue(json),
                OpenLocal = ModelOpening.OpenLocal,
            };
            await using var server = await StartAsync(options, cancellation).ConfigureAwait(false);
            Show(terminal, InputFile.Open(path, ServingFrontier.Load), server.Address, options.Keys.Count > 0);
            await Task.WhenAny(server.WaitAsync(), Task.Delay(Timeout.Infinite, cancellation)).ConfigureAwait(false);
            terminal.WriteNote("finishing what runs");
            await server.StopAsync(CancellationToken.None).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static IReadOnlyList<ApiKey> ReadKeys(string? path)
    {
        if (path is null)
            return Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? [ApiKey.Of("default", key)] : [];
        try
        {
            return InputFile.Open(path, KeyFile.Read);
        }
        catch (FormatException error)
        {
            throw new UserErrorException(error.Message.TrimEnd('.'), "docs/serving.md shows the form of the file.");
        }
    }

    private static async Task<FrontierServer> StartAsync(ServerOptions options, CancellationToken cancellation)
    {
        try
        {
            // What is wrong with the path itself is said as for any other file.
            InputFile.Open(options.FrontierPath, File.OpenRead).Dispose();
            return await FrontierServer.StartAsync(options, cancellation).ConfigureAwait(false);
        }
        catch (FormatException error)
        {
            throw new UserErrorException(error.Message.TrimEnd('.'), "'vilfredo evaluate EVAL.yaml' writes such a file into its report's folder.");
        }
        catch (ArgumentException error)
        {
            throw UserErrorException.From("serve", error);
        }
        catch (IOException error) when (error is not FileNotFoundException)
        {
            throw new UserErrorException($"{options.Address}:{options.Port} cannot be listened on: {error.Message.TrimEnd('.')}", "Choose another --port, or 0 for a free one.");
        }
    }

    private static void Show(Terminal terminal, ServingFrontier frontier, Uri address, bool hasKeys)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("point").AddColumn(new TableColumn("quality").RightAligned())
            .AddColumn(new TableColumn($"cost {frontier.Currency}").RightAligned()).AddColumn(new TableColumn("latency s").RightAligned());
        foreach (var point in frontier.Points.Where(point => point.IsOnFrontier).OrderByDescending(point => point.Quality.Mean))
        {
            table.AddRow(
                Markup.Escape(point.Name),
                point.Quality.Mean.ToString("P1", CultureInfo.InvariantCulture),
                point.Cost?.Mean.ToString("G3", CultureInfo.InvariantCulture) ?? "-",
                point.Latency.Mean.ToString("G3", CultureInfo.InvariantCulture));
        }

        terminal.Console.Write(table);
        var key = hasKeys ? " -H 'Authorization: Bearer KEY'" : "";
        terminal.Output.WriteLine($"serving {frontier.Name} at {address.ToString().TrimEnd('/')}; try:");
        terminal.Output.WriteLine($$"""  curl {{address}}v1/chat/completions{{key}} -d '{"model": "frontier/{{frontier.Name}}", "messages": [{"role": "user", "content": "What is 12 + 30?"}]}'""");
        terminal.Output.Flush();
    }
}
