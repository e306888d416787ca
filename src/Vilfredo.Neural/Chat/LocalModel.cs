using System.Text.Json;
using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Chat;

/// <summary>A decoder with its tokenizer, shared by everything that talks to it: one call runs at a time, the others wait for their turn.</summary>
public sealed class LocalModel : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>A model from its parts; it owns the decoder.</summary>
    /// <param name="decoder">The decoder.</param>
    /// <param name="tokenizer">Its tokenizer, with no more ids than the decoder has.</param>
    /// <param name="name">What the model is called in answers.</param>
    /// <exception cref="ArgumentException">The tokenizer has ids that the decoder does not know.</exception>
    public LocalModel(Decoder decoder, ITextTokenizer tokenizer, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (tokenizer.VocabularySize > decoder.Config.VocabSize)
            throw new ArgumentException($"The tokenizer has {tokenizer.VocabularySize} ids and the model {decoder.Config.VocabSize}; take the tokenizer that the model was trained with.", nameof(tokenizer));
        (Decoder, Tokenizer, Name) = (decoder, tokenizer, name);
        StopTokens = tokenizer.EndToken is { } end ? [end] : [];
        OnlyKnownTokens = tokenizer.VocabularySize < decoder.Config.VocabSize ? new AnswerLogits(0, tokenizer.VocabularySize, 0, 0).Apply : null;
    }

    /// <summary>The decoder. Use it through calls of this model's clients alone, or not at the same time as them.</summary>
    public Decoder Decoder { get; }

    /// <summary>The tokenizer.</summary>
    public ITextTokenizer Tokenizer { get; }

    /// <summary>What the model is called.</summary>
    public string Name { get; }

    /// <summary>The tokens that end an answer: the tokenizer's end of a text, and those that <c>generation_config.json</c> or <c>config.json</c> names.</summary>
    public IReadOnlyCollection<int> StopTokens { get; private set; }

    /// <summary>Keeps ids from being drawn that the tokenizer does not have; null where it has all. One object, so that answers are drawn together.</summary>
    internal Func<TorchSharp.torch.Tensor, IReadOnlyList<IReadOnlyList<int>>, TorchSharp.torch.Tensor>? OnlyKnownTokens { get; }

    /// <summary>Loads a folder in Hugging Face's layout, with its tokenizer.</summary>
    /// <param name="folder">The folder; it holds config.json, safetensors files and a tokenizer.</param>
    /// <param name="name">What the model is called; null means as the folder is.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidConfigException">The configuration cannot be built.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer cannot be read.</exception>
    public static LocalModel Load(string folder, string? name = null)
    {
        var tokenizer = TokenizerLoader.FromFolder(folder);
        var decoder = DecoderCheckpoint.Load(folder);
        try
        {
            var model = new LocalModel(decoder, tokenizer, name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));
            model.StopTokens = [.. model.StopTokens.Union(EndTokens(folder, decoder.Config))];
            return model;
        }
        catch
        {
            decoder.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Decoder.Dispose();
        _turn.Dispose();
    }

    /// <summary>Runs <paramref name="work"/> on another thread when it is its turn.</summary>
    internal async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(work, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static IEnumerable<int> EndTokens(string folder, DecoderConfig config)
    {
        var file = Path.Combine(folder, "generation_config.json");
        JsonElement? value = config.Other?.TryGetValue("eos_token_id", out var ofModel) == true ? ofModel : null;
        if (File.Exists(file))
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            if (json.RootElement.TryGetProperty("eos_token_id", out var ofGeneration))
                value = ofGeneration.Clone();
        }

        return value switch
        {
            { ValueKind: JsonValueKind.Number } one => [one.GetInt32()],
            { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().Select(one => one.GetInt32())],
            _ => [],
        };
    }
}
