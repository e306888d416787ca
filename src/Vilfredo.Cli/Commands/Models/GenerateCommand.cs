using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Neural.Chat;
using Vilfredo.Neural.Checkpoints;
using Vilfredo.Neural.Checkpoints.Safetensors;
using Vilfredo.Neural.Generation;
using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Transformers;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Models;

/// <summary>The command <c>vilfredo generate</c>.</summary>
internal static class GenerateCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("generate", "Let a local model answer a prompt.")
        {
            Details = "The prompt is put into the model's own form of chat, or continued as it is where the model has none (or with --template text). "
                + "The answer appears as it is made; tokens and rate go to standard error.",
            Examples =
            [
                new("vilfredo generate models/reasoner-0.3m --prompt \"What is 12 + 30?\"", "The most likely answer"),
                new("vilfredo generate models/reasoner-0.3m --prompt \"What is 12 + 30?\" --temperature 0.8 --count 5 --seed 7", "Five sampled ones"),
                new("vilfredo tasks sample chain --json | jq -r .prompt | vilfredo generate models/reasoner-0.3m --prompt -", "A prompt from a pipe"),
            ],
        };
        var folder = new Argument<string>("MODEL") { Description = "A folder with config.json, safetensors files and a tokenizer." };
        var prompt = new Option<string>("--prompt") { HelpName = "TEXT", Description = "What the model is asked; - reads it from standard input.", Required = true };
        var template = new Option<string?>("--template") { HelpName = "NAME", Description = $"The form of chat: {string.Join(", ", ChatTemplate.BuiltIn.Select(known => known.Name))}; the model's own unless given." };
        var most = new Option<int>("--max-tokens") { HelpName = "N", Description = "The most tokens of an answer.", DefaultValueFactory = _ => 256 };
        var temperature = new Option<double>("--temperature") { HelpName = "T", Description = "0 takes the most likely token each time.", DefaultValueFactory = _ => 0 };
        var topK = new Option<int?>("--top-k") { HelpName = "K", Description = "Draw from the K most likely tokens only." };
        var topP = new Option<double>("--top-p") { HelpName = "P", Description = "Draw from the most likely tokens that reach P together.", DefaultValueFactory = _ => 1 };
        var minP = new Option<double>("--min-p") { HelpName = "P", Description = "Draw from tokens with P times the likelihood of the likeliest.", DefaultValueFactory = _ => 0 };
        var seed = new Option<ulong>("--seed") { HelpName = "SEED", Description = "The same seed gives the same answers.", DefaultValueFactory = _ => 1UL };
        var count = new Option<int>("--count") { HelpName = "N", Description = "How many answers.", DefaultValueFactory = _ => 1 };
        var stop = new Option<string[]>("--stop") { HelpName = "TEXT", Description = "Text before which an answer ends; may be given several times." };
        var json = OutputOptions.Json();
        command.Add(folder);
        foreach (var option in new Option[] { prompt, template, most, temperature, topK, topP, minP, seed, count, stop, json }) command.Add(option);
        command.Handle(async (parse, cancellation) =>
        {
            if (parse.GetValue(count) is < 1 and var given)
                throw new UserErrorException($"--count: {given} is below 1");
            var sampling = new SamplingOptions { Temperature = parse.GetValue(temperature), TopK = parse.GetValue(topK), TopP = parse.GetValue(topP), MinP = parse.GetValue(minP) };
            var settings = UserInput.Checked("options", () =>
            {
                sampling.Validate();
                ArgumentOutOfRangeException.ThrowIfLessThan(parse.GetValue(most), 1, "--max-tokens");
                return new LocalChatSettings { MaxOutputTokens = parse.GetValue(most), Sampling = sampling, Seed = parse.GetValue(seed) };
            });
            var text = parse.GetRequiredValue(prompt) is "-" ? (await Console.In.ReadToEndAsync(cancellation).ConfigureAwait(false)).TrimEnd('\n') : parse.GetRequiredValue(prompt);
            using var client = Open(parse.GetRequiredValue(folder), parse.GetValue(template), settings);
            var options = new ChatOptions { StopSequences = parse.GetValue(stop) is { Length: > 0 } ends ? ends : null };
            var answers = new Answers(terminal, client, options, text, parse.GetValue(json));
            await answers.Write(parse.GetValue(count), cancellation).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static LocalChatClient Open(string folder, string? template, LocalChatSettings settings)
    {
        try
        {
            return template is null
                ? LocalChatClient.FromFolder(folder, settings)
                : new(LocalModel.Load(folder), UserInput.Checked("--template", () => ChatTemplate.Named(template)), settings, ownsModel: true);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or InvalidConfigException or TokenizerFormatException
            or SafetensorsFormatException or CheckpointMismatchException or ChatTemplateException)
        {
            throw new UserErrorException($"{folder}: {error.Message.TrimEnd('.')}", "A model is a folder with config.json, model.safetensors (or its shards) and a tokenizer.");
        }
    }

    /// <summary>Writes answers as they come, or as one JSON value.</summary>
    private sealed class Answers(Terminal terminal, LocalChatClient client, ChatOptions options, string prompt, bool json)
    {
        public async Task Write(int count, CancellationToken cancellation)
        {
            var started = Stopwatch.GetTimestamp();
            var responses = new List<ChatResponse>();
            for (var i = 0; i < count; i++)
                responses.Add(await One(i, cancellation).ConfigureAwait(false));
            var (read, written) = (responses.Sum(one => one.Usage?.InputTokenCount ?? 0), responses.Sum(one => one.Usage?.OutputTokenCount ?? 0));
            if (json)
                WriteJson(responses);
            terminal.WriteNote($"{read} tokens read, {written} written, {QuantityFormat.Significant(written / Stopwatch.GetElapsedTime(started).TotalSeconds, 3)} tokens/s");
        }

        private async Task<ChatResponse> One(int number, CancellationToken cancellation)
        {
            var updates = new List<ChatResponseUpdate>();
            if (number > 0 && !json)
                await terminal.Output.WriteLineAsync().ConfigureAwait(false);
            try
            {
                await foreach (var update in client.GetStreamingResponseAsync(prompt, options, cancellation).ConfigureAwait(false))
                {
                    updates.Add(update);
                    if (json)
                        continue;
                    await terminal.Output.WriteAsync(update.Text).ConfigureAwait(false);
                    await terminal.Output.FlushAsync(cancellation).ConfigureAwait(false);
                }
            }
            catch (ArgumentException error)
            {
                throw UserErrorException.From("the prompt", error);
            }

            if (!json)
                await terminal.Output.WriteLineAsync().ConfigureAwait(false);
            return updates.ToChatResponse();
        }

        private void WriteJson(List<ChatResponse> responses) => terminal.WriteJson(writer =>
        {
            writer.WriteStartArray();
            foreach (var response in responses)
            {
                writer.WriteStartObject();
                writer.WriteString("text", response.Text);
                writer.WriteString("finish_reason", response.FinishReason?.Value);
                writer.WriteNumber("prompt_tokens", response.Usage?.InputTokenCount ?? 0);
                writer.WriteNumber("completion_tokens", response.Usage?.OutputTokenCount ?? 0);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }
}
