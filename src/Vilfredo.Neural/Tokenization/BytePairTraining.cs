using System.Text.Json;
using System.Text.Json.Nodes;
using Vilfredo.Neural.Tokenization.HuggingFace;

namespace Vilfredo.Neural.Tokenization;

/// <summary>Learns a byte-level byte-pair vocabulary: the most frequent pair of neighbouring tokens becomes a token, again and again (Sennrich et al., Neural machine translation of rare words with subword units, 2016; over bytes as in GPT-2).</summary>
/// <remarks>The result depends on the texts alone: of equally frequent pairs the one that was there first is merged, tokens being numbered as they are made.</remarks>
public static class BytePairTraining
{
    /// <summary>The 256 bytes and the three tokens that begin, end and pad.</summary>
    public const int SmallestVocabulary = 256 + 3;

    /// <summary>Learns a vocabulary.</summary>
    /// <param name="texts">What it is learned from.</param>
    /// <param name="vocabularySize">The tokens in all, those that begin, end and pad included; at least <see cref="SmallestVocabulary"/>.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <returns>The tokenizer; <see cref="ITextTokenizer.Save"/> writes it as a <c>tokenizer.json</c> that other libraries read too.</returns>
    /// <exception cref="ArgumentException">The size is too small, an option is wrong, or two of the marks are the same.</exception>
    public static HuggingFaceTokenizer Train(IEnumerable<string> texts, int vocabularySize, BytePairOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new();
        if (vocabularySize < SmallestVocabulary)
            throw new ArgumentOutOfRangeException(nameof(vocabularySize), vocabularySize, $"A vocabulary of bytes has at least {SmallestVocabulary} tokens: 256 bytes and those that begin, end and pad.");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FewestOccurrences, 1, nameof(options));
        string[] marks = [options.Begin, options.End, options.Padding];
        if (marks.Distinct(StringComparer.Ordinal).Count() < marks.Length || marks.Any(string.IsNullOrEmpty))
            throw new ArgumentException($"The tokens that begin, end and pad are '{string.Join("', '", marks)}'; they must be three different texts.", nameof(options));

        var cuts = PreTokenization.ByteLevel(options.Pattern);
        var pieces = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var piece in cuts.Cut(text, isFirst: true))
                pieces[piece] = pieces.GetValueOrDefault(piece) + 1;
        }

        var table = new PairTable(pieces);
        var merges = new List<(int Left, int Right)>();
        while (table.Tokens.Count + marks.Length < vocabularySize && table.MergeNext(options.FewestOccurrences) is { } merge)
            merges.Add(merge);
        return Written(options, marks, table.Tokens, merges);
    }

    private static HuggingFaceTokenizer Written(BytePairOptions options, string[] marks, IReadOnlyList<string> tokens, List<(int Left, int Right)> merges)
    {
        var tokenizer = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray([.. marks.Select((mark, place) => new JsonObject
            {
                ["id"] = tokens.Count + place,
                ["content"] = mark,
                ["single_word"] = false,
                ["lstrip"] = false,
                ["rstrip"] = false,
                ["normalized"] = false,
                ["special"] = true,
            })]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(
                    new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = options.Pattern }, ["behavior"] = "Isolated", ["invert"] = false },
                    new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = false }),
            },
            ["post_processor"] = null,
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = false },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["fuse_unk"] = false,
                ["byte_fallback"] = false,
                ["ignore_merges"] = false,
                ["vocab"] = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id))),
                ["merges"] = new JsonArray([.. merges.Select(merge => JsonValue.Create($"{tokens[merge.Left]} {tokens[merge.Right]}"))]),
            },
        };
        var roles = new JsonObject { ["bos_token"] = options.Begin, ["eos_token"] = options.End, ["pad_token"] = options.Padding };
        var folder = Directory.CreateTempSubdirectory("vilfredo-tokenizer-").FullName;
        try
        {
            Write(HuggingFaceTokenizer.FileName, tokenizer);
            Write(SpecialRoles.ConfigFile, roles);
            return new(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void Write(string name, JsonObject content) =>
            File.WriteAllText(Path.Combine(folder, name), content.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
