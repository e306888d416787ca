using System.Text;
using Vilfredo.Neural.Tokenization.HuggingFace;

namespace Vilfredo.Neural.Tokenization;

/// <summary>The tokenizer of a <c>tokenizer.json</c>: byte-pair encoding over bytes (the kinds of GPT-2, Qwen2 and Llama 3) or over characters with a mark for spaces (the kinds of Llama 2 and Mistral).</summary>
/// <remarks>
/// The file's own normalisation, cuts and added tokens are applied; merging is done by Microsoft.ML.Tokenizers. What the file's post-processor would add
/// (a token that begins the text) is left to the caller, as <see cref="ITextTokenizer.Encode"/> says.
/// </remarks>
public sealed class HuggingFaceTokenizer : ITextTokenizer
{
    /// <summary>The file that is read; beside it <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> name the tokens that begin, end and pad.</summary>
    public const string FileName = "tokenizer.json";

    private static readonly string[] Files = [FileName, SpecialRoles.ConfigFile, SpecialRoles.MapFile];

    private readonly Dictionary<string, byte[]> _content;
    private readonly Func<string, string> _normalize;
    private readonly PreTokenization _cuts;
    private readonly BytePairModel _model;
    private readonly PieceText _pieceText;
    private readonly byte[]?[] _bytes;

    // Looked for in the text as it is and in the normalised text: without the special ones, and with them.
    private readonly (AddedTokens Raw, AddedTokens Normalized) _plain;
    private readonly (AddedTokens Raw, AddedTokens Normalized) _marked;

    /// <summary>Reads the tokenizer of a model's folder.</summary>
    /// <exception cref="FileNotFoundException">The folder has no <c>tokenizer.json</c>.</exception>
    /// <exception cref="TokenizerFormatException">The file cannot be read, contradicts itself, or has a component that is not built, which the message names.</exception>
    public HuggingFaceTokenizer(string folder)
    {
        _content = Files.Where(file => File.Exists(Path.Combine(folder, file))).ToDictionary(file => file, file => File.ReadAllBytes(Path.Combine(folder, file)));
        var root = JsonSection.Read(Path.Combine(folder, FileName));
        _normalize = Normalization.Read(root.Section("normalizer"));
        _cuts = PreTokenization.Read(root.Section("pre_tokenizer"));
        _model = BytePairModel.Read(root.Section("model") ?? throw root.Error("has no \"model\""));
        _pieceText = PieceText.Read(root);

        var roles = SpecialRoles.Read(folder);
        var added = Added(root, roles);
        SpecialTokens = added.Where(token => token.IsSpecial).ToDictionary(token => token.Content, token => token.Id);
        _plain = Finders(added.Where(token => !token.IsSpecial).ToList());
        _marked = Finders(added);
        _bytes = Bytes(root, added);

        BeginToken = Id(added, roles.Begin);
        EndToken = Id(added, roles.End);
        PaddingToken = Id(added, roles.Padding);
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
    public int[] Encode(string text) => Encode(text, _plain, hasBreaks: false);

    /// <inheritdoc />
    public int[] EncodeMarked(string text) => Encode(text, _marked, hasBreaks: true);

    /// <inheritdoc />
    public IStreamingDecoder NewStreamingDecoder() => new PieceDecoder(this, id => _bytes[id], _pieceText.DropsFirstSpace);

    /// <summary>Writes the files as they were read into a folder.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in _content)
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    private int[] Encode(string text, (AddedTokens Raw, AddedTokens Normalized) added, bool hasBreaks)
    {
        var ids = new List<int>();
        var isFirst = true;
        foreach (var raw in added.Raw.Split(text))
        {
            IEnumerable<(string Text, int? Token)> parts = raw.Token is null ? added.Normalized.Split(_normalize(raw.Text)) : [raw];
            foreach (var part in parts)
            {
                if (part.Token is { } token)
                    ids.Add(token);
                else
                    AddPieces(hasBreaks ? part.Text.Replace(MarkedText.Break, "", StringComparison.Ordinal) : part.Text, isFirst, ids);
                isFirst = false;
            }
        }

        return [.. ids];
    }

    private void AddPieces(string text, bool isFirst, List<int> ids)
    {
        foreach (var piece in _cuts.Cut(text, isFirst))
            _model.Encode(piece, ids);
    }

    private (AddedTokens Raw, AddedTokens Normalized) Finders(List<AddedToken> added) =>
        (new(added.Where(token => !token.IsNormalized), token => token.Content), new(added.Where(token => token.IsNormalized), token => _normalize(token.Content)));

    /// <summary>What each id stands for; null for special tokens and ids that nothing has.</summary>
    private byte[]?[] Bytes(JsonSection root, List<AddedToken> added)
    {
        var last = _model.Tokens.Values.Concat(added.Select(token => token.Id)).DefaultIfEmpty(-1).Max();
        if (last < 0 || last > 10_000_000)
            throw root.Error($"has {last} as its last id; it must be from 0 to 10,000,000");
        var bytes = new byte[]?[last + 1];
        foreach (var (token, id) in _model.Tokens)
            bytes[id] = _pieceText.Bytes(token);
        foreach (var token in added)
            bytes[token.Id] = token.IsSpecial ? null : Encoding.UTF8.GetBytes(token.Content);
        return bytes;
    }

    /// <summary>The added tokens of the file. Those that begin, end and pad are special, whatever else is said of them.</summary>
    private List<AddedToken> Added(JsonSection root, SpecialRoles roles)
    {
        var names = new[] { roles.Begin, roles.End, roles.Padding }.OfType<string>().Distinct().ToList();
        var added = root.Items("added_tokens").Select(section => AddedToken.Read(section)).Select(token => token with { IsSpecial = token.IsSpecial || names.Contains(token.Content) }).ToList();
        foreach (var name in names.Where(name => added.TrueForAll(token => token.Content != name)))
        {
            var id = _model.Tokens.TryGetValue(name, out var known) ? known : throw root.Error($"has no token '{name}', which {SpecialRoles.ConfigFile} or {SpecialRoles.MapFile} names; add it or take its name out there");
            added.Add(new(id, name, IsSpecial: true, IsNormalized: false, TakesLeft: false, TakesRight: false));
        }

        return added;
    }

    private static int? Id(List<AddedToken> added, string? name) => name is null ? null : added.Find(token => token.Content == name)!.Id;
}
