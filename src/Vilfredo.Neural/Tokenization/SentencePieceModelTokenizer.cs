using Microsoft.ML.Tokenizers;
using Vilfredo.Neural.Tokenization.HuggingFace;

namespace Vilfredo.Neural.Tokenization;

/// <summary>The tokenizer of a <c>tokenizer.model</c>, SentencePiece's own file (Kudo and Richardson, 2018): byte-pair encodings and unigram models, as Microsoft.ML.Tokenizers reads them.</summary>
/// <remarks>Each stretch between special tokens is encoded apart, and begins with a mark where the file asks for one.</remarks>
public sealed class SentencePieceModelTokenizer : ITextTokenizer
{
    /// <summary>The file that is read; beside it <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> name the tokens that begin, end and pad, and the first may add tokens.</summary>
    public const string FileName = "tokenizer.model";

    private static readonly string[] Files = [FileName, SpecialRoles.ConfigFile, SpecialRoles.MapFile];

    private readonly string _folder;
    private readonly SentencePieceTokenizer _model;
    private readonly byte[]?[] _bytes;
    private readonly AddedTokens _plain;
    private readonly AddedTokens _marked;

    /// <summary>Reads the tokenizer of a model's folder.</summary>
    /// <exception cref="FileNotFoundException">The folder has no <c>tokenizer.model</c>.</exception>
    /// <exception cref="TokenizerFormatException">The file cannot be read.</exception>
    public SentencePieceModelTokenizer(string folder)
    {
        _folder = Path.GetFullPath(folder);
        var file = Path.Combine(folder, FileName);
        _model = Read(file);
        if (_model.TreatWhitespaceAsSuffix)
            throw new TokenizerFormatException(file, "it marks the ends of words, which is not supported; only marks at their beginnings are");

        var added = AddedTokensOf(folder);
        var roles = SpecialRoles.Read(folder);
        BeginToken = Id(file, added, roles.Begin) ?? Known(_model.BeginningOfSentenceToken, _model.BeginningOfSentenceId);
        EndToken = Id(file, added, roles.End) ?? Known(_model.EndOfSentenceToken, _model.EndOfSentenceId);
        PaddingToken = Id(file, added, roles.Padding);

        var special = added.Where(token => token.IsSpecial).ToDictionary(token => token.Content, token => token.Id);
        foreach (var (name, id) in new[] { (_model.BeginningOfSentenceToken, _model.BeginningOfSentenceId), (_model.EndOfSentenceToken, _model.EndOfSentenceId), (_model.UnknownToken, _model.UnknownId) })
        {
            if (Known(name, id) is not null)
                special.TryAdd(name, id);
        }

        foreach (var name in new[] { roles.Begin, roles.End, roles.Padding }.OfType<string>())
            special.TryAdd(name, Id(file, added, name)!.Value);

        SpecialTokens = special;
        _plain = new(added.Where(token => !token.IsSpecial), token => token.Content);
        _marked = new(added.Concat(special.Where(pair => added.TrueForAll(token => token.Id != pair.Value)).Select(pair => new AddedToken(pair.Value, pair.Key, true, false, false, false))), token => token.Content);

        _bytes = new byte[]?[Math.Max(_model.Vocabulary.Values.Max(), added.Select(token => token.Id).DefaultIfEmpty(0).Max()) + 1];
        foreach (var (token, id) in _model.Vocabulary)
            _bytes[id] = PieceText.OfMarked(token, _model.EscapeWhiteSpaces ? "▁" : " ", _model.ByteFallback);
        foreach (var token in added)
            _bytes[token.Id] = System.Text.Encoding.UTF8.GetBytes(token.Content);
        foreach (var id in special.Values)
            _bytes[id] = null;
    }

    /// <inheritdoc />
    public int VocabularySize => _bytes.Length;

    /// <inheritdoc />
    public int? BeginToken { get; }

    /// <inheritdoc />
    public int? EndToken { get; }

    /// <inheritdoc />
    public int? PaddingToken { get; }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, int> SpecialTokens { get; }

    /// <inheritdoc />
    public int[] Encode(string text) => Encode(text, _plain);

    /// <inheritdoc />
    public int[] EncodeMarked(string text) => Encode(text, _marked, MarkedText.Break);

    /// <inheritdoc />
    public IStreamingDecoder NewStreamingDecoder() => new PieceDecoder(this, id => _bytes[id], _model.AddDummyPrefix);

    /// <summary>Copies the files it was read from into another folder.</summary>
    public void Save(string folder) => TokenizerLoader.Copy(_folder, folder, Files);

    private static SentencePieceTokenizer Read(string file)
    {
        using var stream = File.OpenRead(file);
        try
        {
            return SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new TokenizerFormatException(file, $"Microsoft.ML.Tokenizers cannot read it as a SentencePiece model: {error.Message.TrimEnd('.')}", error);
        }
    }

    /// <summary>The tokens that <c>tokenizer_config.json</c> adds, by their ids.</summary>
    private static List<AddedToken> AddedTokensOf(string folder)
    {
        var file = Path.Combine(folder, SpecialRoles.ConfigFile);
        if (!File.Exists(file) || JsonSection.Read(file).Section("added_tokens_decoder") is not { } section)
            return [];
        return [.. section.Names.Select(name => AddedToken.Read(section.Section(name)!, int.TryParse(name, out var id) && id is >= 0 and < 10_000_000 ? id : throw section.Error($"has the id '{name}', which is no integer from 0 to 10,000,000")))];
    }

    private int[] Encode(string text, AddedTokens added, string? leftOut = null)
    {
        ByteTokenizer.Utf8(text); // valid Unicode
        return [.. added.Split(text).SelectMany(part => part.Token is { } token ? [token] : _model.EncodeToIds(leftOut is null ? part.Text : part.Text.Replace(leftOut, "", StringComparison.Ordinal), addBeginningOfSentence: false, addEndOfSentence: false))];
    }

    private int? Known(string? name, int id) => name is not null && _model.Vocabulary.TryGetValue(name, out var found) && found == id ? id : null;

    private int? Id(string file, List<AddedToken> added, string? name)
    {
        if (name is null)
            return null;
        return added.Find(token => token.Content == name)?.Id
            ?? (_model.Vocabulary.TryGetValue(name, out var id) ? id : throw new TokenizerFormatException(file, $"it has no token '{name}', which {SpecialRoles.ConfigFile} or {SpecialRoles.MapFile} names"));
    }
}
