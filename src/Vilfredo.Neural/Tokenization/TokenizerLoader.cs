using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vilfredo.Neural.Tokenization;

/// <summary>Tokenizers in the folders of models.</summary>
public static class TokenizerLoader
{
    /// <summary>The file of byte and character tokenizers: a JSON object whose <c>type</c> is "bytes" or "characters", the latter with <c>alphabet</c> and <c>maps_unknown</c>.</summary>
    public const string OwnFile = "vilfredo_tokenizer.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>The tokenizer of a model's folder: the first there of <see cref="OwnFile"/>, <c>tokenizer.json</c> and <c>tokenizer.model</c>.</summary>
    /// <exception cref="FileNotFoundException">The folder has no file of a tokenizer.</exception>
    /// <exception cref="TokenizerFormatException">The file cannot be read or needs what is not built.</exception>
    public static ITextTokenizer FromFolder(string folder)
    {
        var own = Path.Combine(folder, OwnFile);
        if (File.Exists(own))
            return ReadOwn(own);
        if (File.Exists(Path.Combine(folder, HuggingFaceTokenizer.FileName)))
            return new HuggingFaceTokenizer(folder);
        if (File.Exists(Path.Combine(folder, SentencePieceModelTokenizer.FileName)))
            return new SentencePieceModelTokenizer(folder);
        throw new FileNotFoundException($"The folder {folder} has none of {OwnFile}, {HuggingFaceTokenizer.FileName} and {SentencePieceModelTokenizer.FileName}; save the model's tokenizer into it.", own);
    }

    /// <summary>Copies those of the files that are there; nothing happens when both folders are the same.</summary>
    internal static void Copy(string from, string to, IEnumerable<string> files)
    {
        Directory.CreateDirectory(to);
        if (Path.GetFullPath(from) == Path.GetFullPath(to))
            return;
        foreach (var file in files.Where(file => File.Exists(Path.Combine(from, file))))
            File.Copy(Path.Combine(from, file), Path.Combine(to, file), overwrite: true);
    }

    /// <summary>Writes a file of our own.</summary>
    internal static void Write(string folder, TokenizerDescription description)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, OwnFile), JsonSerializer.Serialize(description, Format));
    }

    private static ITextTokenizer ReadOwn(string file)
    {
        try
        {
            var description = JsonSerializer.Deserialize<TokenizerDescription>(File.ReadAllText(file), Format);
            return description switch
            {
                { Type: ByteTokenizer.Kind } => new ByteTokenizer(),
                { Type: CharacterTokenizer.Kind, Alphabet: { } alphabet } => new CharacterTokenizer(alphabet, description.MapsUnknown ?? false),
                { Type: CharacterTokenizer.Kind } => throw new TokenizerFormatException(file, "a tokenizer of characters needs its \"alphabet\""),
                _ => throw new TokenizerFormatException(file, $"the type is '{description?.Type}'; it must be '{ByteTokenizer.Kind}' or '{CharacterTokenizer.Kind}'"),
            };
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new TokenizerFormatException(file, $"it cannot be read: {error.Message.TrimEnd('.')}", error);
        }
    }
}
