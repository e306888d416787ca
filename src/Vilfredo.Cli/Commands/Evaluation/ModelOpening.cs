using Microsoft.Extensions.AI;
using Vilfredo.Cli.Errors;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Running;
using Vilfredo.Neural.Chat;
using Vilfredo.Neural.Checkpoints;
using Vilfredo.Neural.Checkpoints.Safetensors;
using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Cli.Commands.Evaluation;

/// <summary>Opens the models of an evaluation.</summary>
internal static class ModelOpening
{
    private const int LocalBatch = 64;

    /// <summary>A client of a model.</summary>
    public static IChatClient Open(ModelDefinition model) => ModelClients.Open(model, OpenLocal);

    /// <summary>Counts a model's tokens: with its own tokenizer where it is a local one.</summary>
    public static ITokenCounter Tokens(ModelDefinition model) => model.Folder is null ? new EndpointTokenCounter() : new TokenizerCounter(Local(model, () => TokenizerLoader.FromFolder(model.Folder)));

    /// <summary>Refuses what cannot be opened before anything is asked.</summary>
    /// <exception cref="UserErrorException">A model cannot be read, or the variable with its key is not set.</exception>
    public static void Check(EvaluationDefinition definition)
    {
        foreach (var model in definition.Models.Select(model => model.Definition))
        {
            if (model.Folder is not null)
                _ = Tokens(model);
            else if (model.KeyVariable is { } variable && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
                throw new UserErrorException($"the model '{model.Name}' needs a key in the environment variable {variable}, which is not set", $"Set it, as in: {variable}=... vilfredo evaluate ...");
        }
    }

    /// <summary>A client of a model that runs in this process; calls that wait for it are answered together.</summary>
    public static LocalChatClient OpenLocal(ModelDefinition model) => Local(model, () =>
        new LocalChatClient(LocalModel.Load(model.Folder!, model.Name), ChatTemplate.FromFolder(model.Folder!) ?? ChatTemplate.Text, new() { MaximumBatch = LocalBatch }, ownsModel: true));

    private static T Local<T>(ModelDefinition model, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or InvalidConfigException or TokenizerFormatException
            or SafetensorsFormatException or CheckpointMismatchException or ChatTemplateException)
        {
            throw new UserErrorException($"the model '{model.Name}' in {model.Folder}: {error.Message.TrimEnd('.')}", "A model is a folder with config.json, model.safetensors (or its shards) and a tokenizer.");
        }
    }

    private sealed class TokenizerCounter(ITextTokenizer tokenizer) : ITokenCounter
    {
        public int Count(string text)
        {
            try
            {
                return tokenizer.Encode(text).Length;
            }
            catch (ArgumentException)
            {
                // Text that the model cannot read: the call itself will say so.
                return text.Length;
            }
        }
    }
}
