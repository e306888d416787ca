using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>Byte-pair encoding of one piece: its characters, the pair that was merged earliest in training first (Sennrich et al., 2016). The merging itself is that of Microsoft.ML.Tokenizers.</summary>
internal sealed class BytePairModel
{
    private readonly Dictionary<string, int> _vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly BpeTokenizer _merger;
    private readonly int? _unknown;
    private readonly bool _fusesUnknown;
    private readonly bool _fallsBackToBytes;
    private readonly bool _takesWholeWords;

    private BytePairModel(JsonSection section)
    {
        _vocabulary = Vocabulary(section);
        _lookup = _vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _fusesUnknown = section.Flag("fuse_unk");
        _fallsBackToBytes = section.Flag("byte_fallback");
        _takesWholeWords = section.Flag("ignore_merges");
        if (section.Text("unk_token") is { } unknown)
            _unknown = _vocabulary.TryGetValue(unknown, out var id) ? id : throw section.Error($"names the unknown token '{unknown}', which is not in its vocabulary");
        try
        {
            _merger = BpeTokenizer.Create(new BpeOptions(_vocabulary) { Merges = [.. Merges(section)] });
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            throw section.Error($"has merges that do not fit its vocabulary: {error.Message.TrimEnd('.')}");
        }
    }

    /// <summary>Every token with its id.</summary>
    public IReadOnlyDictionary<string, int> Tokens => _vocabulary;

    public static BytePairModel Read(JsonSection section)
    {
        if (section.Text("type") is not (null or "BPE"))
            throw section.Unsupported($"the type '{section.Type}'", "BPE (other kinds: save the model's SentencePiece file, tokenizer.model, without a tokenizer.json)");
        foreach (var name in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (section.Text(name) is { Length: > 0 } value)
                throw section.Unsupported($"the {name} '{value}'", "null");
        }

        if (section.Value("dropout") is { } dropout && dropout.GetRawText() is not ("0" or "0.0"))
            throw section.Unsupported("a dropout of merges", "null");
        return new(section);
    }

    /// <summary>Adds the ids of a piece.</summary>
    /// <exception cref="ArgumentException">A character has no token, and the vocabulary has none for unknown characters.</exception>
    public void Encode(string piece, List<int> ids)
    {
        if (_takesWholeWords && _vocabulary.TryGetValue(piece, out var whole))
        {
            ids.Add(whole);
            return;
        }

        // Characters without a token merge with nothing, so that the known stretches between them can be merged apart.
        var (known, isAfterUnknown) = (0, false);
        for (var i = 0; i < piece.Length;)
        {
            var length = char.IsSurrogatePair(piece, i) ? 2 : 1;
            if (_lookup.ContainsKey(piece.AsSpan(i, length)))
            {
                isAfterUnknown = false;
            }
            else
            {
                Merge(piece[known..i], ids);
                if (!AddBytes(piece.Substring(i, length), ids))
                {
                    if (!(isAfterUnknown && _fusesUnknown))
                        ids.Add(_unknown ?? throw new ArgumentException($"The vocabulary has no token for '{piece.Substring(i, length)}' (U+{char.ConvertToUtf32(piece, i):X4}), nor one for unknown characters."));
                    isAfterUnknown = true;
                }

                known = i + length;
            }

            i += length;
        }

        Merge(piece[known..], ids);
    }

    private static Dictionary<string, int> Vocabulary(JsonSection section)
    {
        if (section.Value("vocab") is not { ValueKind: JsonValueKind.Object } vocabulary)
            throw section.Error("has no object \"vocab\"");
        var tokens = new Dictionary<string, int>();
        foreach (var entry in vocabulary.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out var id) || id < 0)
                throw section.Error($"gives the token '{entry.Name}' the id {entry.Value.GetRawText()}; ids are integers from 0 on");
            tokens[entry.Name] = id;
        }

        return tokens;
    }

    /// <summary>The merges as "left right"; files have them so, or as pairs.</summary>
    private static IEnumerable<string> Merges(JsonSection section)
    {
        if (section.Value("merges") is not { ValueKind: JsonValueKind.Array } merges)
            throw section.Error("has no array \"merges\"");
        foreach (var merge in merges.EnumerateArray())
        {
            var pair = merge.ValueKind switch
            {
                JsonValueKind.String => merge.GetString()!,
                JsonValueKind.Array => string.Join(' ', merge.EnumerateArray().Select(part => part.GetString())),
                _ => "",
            };
            yield return pair.Count(character => character == ' ') == 1 ? pair : throw section.Unsupported($"the merge {merge.GetRawText()}", "two tokens without spaces in them");
        }
    }

    private void Merge(string piece, List<int> ids)
    {
        if (piece.Length > 0)
            ids.AddRange(_merger.EncodeToIds(piece, considerPreTokenization: false, considerNormalization: false));
    }

    private bool AddBytes(string character, List<int> ids)
    {
        if (!_fallsBackToBytes)
            return false;
        var bytes = ByteTokenizer.Utf8(character);
        if (!Array.TrueForAll(bytes, value => _vocabulary.ContainsKey(PieceText.ByteName(value))))
            return false;
        ids.AddRange(bytes.Select(value => _vocabulary[PieceText.ByteName(value)]));
        return true;
    }
}
