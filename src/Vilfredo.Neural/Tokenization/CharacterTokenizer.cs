using System.Text;

namespace Vilfredo.Neural.Tokenization;

/// <summary>Each character (Unicode scalar value) of a fixed alphabet is a token, ids 0 to n - 1 in the alphabet's order; then come the tokens that begin, end and pad and, where configured, one for every other character.</summary>
public sealed class CharacterTokenizer : ITextTokenizer
{
    internal const string Kind = "characters";

    private readonly Rune[] _alphabet;
    private readonly Dictionary<Rune, int> _ids = [];
    private readonly MarkedText _marks;

    /// <summary>A tokenizer for an alphabet.</summary>
    /// <param name="alphabet">The characters, each once, in the order of their ids; at least one.</param>
    /// <param name="mapsUnknown">Whether other characters get an id of their own in common, <see cref="UnknownToken"/>, and come back as U+FFFD; otherwise they are an error.</param>
    /// <exception cref="ArgumentException">The alphabet is empty, names a character twice, or has half of a surrogate pair.</exception>
    public CharacterTokenizer(string alphabet, bool mapsUnknown = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(alphabet);
        ByteTokenizer.Utf8(alphabet); // valid Unicode
        _alphabet = [.. alphabet.EnumerateRunes()];
        foreach (var character in _alphabet)
        {
            if (!_ids.TryAdd(character, _ids.Count))
                throw new ArgumentException($"The alphabet names {Name(character)} twice; name each character once.", nameof(alphabet));
        }

        SpecialTokens = SpecialNames.After(_alphabet.Length);
        UnknownToken = mapsUnknown ? _alphabet.Length + SpecialTokens.Count : null;
        _marks = new MarkedText(SpecialTokens);
    }

    /// <summary>The characters in the order of their ids.</summary>
    public string Alphabet => string.Concat(_alphabet);

    /// <summary>The id of every character that is not in the alphabet; null when such characters are an error.</summary>
    public int? UnknownToken { get; }

    /// <inheritdoc />
    public int VocabularySize => _alphabet.Length + SpecialTokens.Count + (UnknownToken is null ? 0 : 1);

    /// <inheritdoc />
    public int? BeginToken => _alphabet.Length;

    /// <inheritdoc />
    public int? EndToken => _alphabet.Length + 1;

    /// <inheritdoc />
    public int? PaddingToken => _alphabet.Length + 2;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, int> SpecialTokens { get; }

    /// <summary>The tokenizer whose alphabet is what the texts consist of, in the order of Unicode.</summary>
    /// <param name="texts">The texts; together they have at least one character.</param>
    /// <param name="mapsUnknown">Whether other characters get an id in common.</param>
    public static CharacterTokenizer Covering(IEnumerable<string> texts, bool mapsUnknown = false) =>
        new(string.Concat(texts.SelectMany(text => text.EnumerateRunes()).Distinct().Order()), mapsUnknown);

    /// <inheritdoc />
    public int[] Encode(string text)
    {
        var ids = new List<int>(text.Length);
        var position = 0;
        foreach (var character in text.EnumerateRunes())
        {
            ids.Add(_ids.TryGetValue(character, out var id) ? id : UnknownToken ?? throw new ArgumentException(
                $"The text has {Name(character)} at position {position}, which is not in the alphabet of {_alphabet.Length} characters; extend the alphabet or map unknown characters to a token.", nameof(text)));
            position += character.Utf16SequenceLength;
        }

        return [.. ids];
    }

    /// <inheritdoc />
    public int[] EncodeMarked(string text) => _marks.Encode(text, Encode);

    /// <inheritdoc />
    public IStreamingDecoder NewStreamingDecoder() => new StreamingDecoder(this);

    /// <inheritdoc />
    public void Save(string folder) => TokenizerLoader.Write(folder, new() { Type = Kind, Alphabet = Alphabet, MapsUnknown = UnknownToken is not null });

    private static string Name(Rune character) =>
        Rune.IsControl(character) ? $"the character U+{character.Value:X4}" : $"the character '{character}' (U+{character.Value:X4})";

    private sealed class StreamingDecoder(CharacterTokenizer tokenizer) : IStreamingDecoder
    {
        public string Append(int id)
        {
            tokenizer.RequireKnown(id);
            if (id < tokenizer._alphabet.Length)
                return tokenizer._alphabet[id].ToString();
            return id == tokenizer.UnknownToken ? Rune.ReplacementChar.ToString() : "";
        }

        public string Finish() => "";
    }
}
