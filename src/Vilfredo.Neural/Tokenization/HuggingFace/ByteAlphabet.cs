using System.Text;

namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>The characters by which byte-level vocabularies write the 256 bytes: printable ones of Latin-1 stand for themselves, the others are numbered from U+0100 on (Radford et al., GPT-2, 2019).</summary>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = Build();
    private static readonly Dictionary<char, byte> Bytes = Characters.Index().ToDictionary(pair => pair.Item, pair => (byte)pair.Index);

    /// <summary>The character that stands for a byte.</summary>
    public static char Of(byte value) => Characters[value];

    /// <summary>The bytes of the text's UTF-8, as characters of the alphabet.</summary>
    public static string Write(string text) => string.Create(Encoding.UTF8.GetByteCount(text), ByteTokenizer.Utf8(text), (characters, bytes) =>
    {
        for (var i = 0; i < bytes.Length; i++)
            characters[i] = Characters[bytes[i]];
    });

    /// <summary>The bytes that a token stands for; a token with other characters stands for its own UTF-8.</summary>
    public static byte[] Read(string token) =>
        token.All(Bytes.ContainsKey) ? [.. token.Select(character => Bytes[character])] : Encoding.UTF8.GetBytes(token);

    private static char[] Build()
    {
        var next = '\u0100';
        return [.. Enumerable.Range(0, 256).Select(value => value is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174 ? (char)value : next++)];
    }
}
