using System.Globalization;
using System.Text;

namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>The text of tokens: which bytes each stands for, and whether the space before the first word is taken away.</summary>
/// <param name="DropsFirstSpace">Whether a space at the very beginning is no part of the text.</param>
/// <param name="Bytes">The UTF-8 bytes of a token, or of a part of a character.</param>
internal sealed record PieceText(bool DropsFirstSpace, Func<string, byte[]> Bytes)
{
    /// <summary>The name of the token of a byte in SentencePiece-type vocabularies.</summary>
    public static string ByteName(byte value) => $"<0x{value:X2}>";

    /// <summary>The bytes of a token in which <paramref name="mark"/> stands for a space.</summary>
    public static byte[] OfMarked(string token, string mark, bool readsBytes) =>
        readsBytes && token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>' && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? [value]
            : Encoding.UTF8.GetBytes(token.Replace(mark, " ", StringComparison.Ordinal));

    /// <summary>Reads the "decoder" of a file.</summary>
    public static PieceText Read(JsonSection root)
    {
        var section = root.Section("decoder") ?? throw root.Error("has no \"decoder\", so the text of tokens is not known");
        switch (section.Type)
        {
            case "ByteLevel":
                return new(false, ByteAlphabet.Read);
            case "Metaspace":
                var mark = section.Text("replacement") ?? "▁";
                var keeps = section.Text("prepend_scheme") == "never" || !section.Flag("add_prefix_space", otherwise: true);
                return new(!keeps, token => OfMarked(token, mark, readsBytes: false));
            case "Sequence":
                return OfSequence(section);
            default:
                throw section.Unsupported($"the type '{section.Type}'", "ByteLevel, Metaspace or Sequence");
        }
    }

    private static PieceText OfSequence(JsonSection section)
    {
        var (mark, readsBytes, drops) = ("▁", false, false);
        foreach (var step in section.Items("decoders"))
        {
            switch (step.Type)
            {
                case "Replace" when step.Text("content") == " " && step.Section("pattern")?.Text("String") is { Length: > 0 } replaced:
                    mark = replaced;
                    break;
                case "ByteFallback":
                    readsBytes = true;
                    break;
                case "Fuse":
                    break;
                case "Strip" when step.Text("content") == " " && step.Integer("start") is 0 or 1 && step.Integer("stop") == 0:
                    drops = step.Integer("start") == 1;
                    break;
                case "Metaspace":
                    mark = step.Text("replacement") ?? "▁";
                    drops = step.Text("prepend_scheme") != "never" && step.Flag("add_prefix_space", otherwise: true);
                    break;
                case "ByteLevel" when section.Items("decoders").Count == 1:
                    return new(false, ByteAlphabet.Read);
                default:
                    throw step.Unsupported($"the type '{step.Type}' (or its values)", "Replace of a string by a space, ByteFallback, Fuse, Strip of one space at the start, or Metaspace");
            }
        }

        return new(drops, token => OfMarked(token, mark, readsBytes));
    }
}
