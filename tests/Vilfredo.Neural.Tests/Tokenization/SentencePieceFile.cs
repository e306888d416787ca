using System.Text;

namespace Vilfredo.Neural.Tests.Tokenization;

/// <summary>Writes a SentencePiece model by the field numbers of its protocol buffer.</summary>
internal static class SentencePieceFile
{
    public enum Kind
    {
        Normal = 1,
        Unknown = 2,
        Control = 3,
        Byte = 6,
    }

    public static byte[] Write(bool isUnigram, bool fallsBackToBytes, IEnumerable<(string Piece, float Score, Kind Kind)> pieces)
    {
        var model = new List<byte>();
        foreach (var (piece, score, kind) in pieces)
            Field(model, 1, [.. Bytes(1, piece), (2 << 3) | 5, .. BitConverter.GetBytes(score), .. Number(3, (int)kind)]);
        Field(model, 2, [.. Number(3, isUnigram ? 1 : 2), .. Number(35, fallsBackToBytes ? 1 : 0), .. Number(40, 0), .. Number(41, 1), .. Number(42, 2), .. Bytes(45, "<unk>"), .. Bytes(46, "<s>"), .. Bytes(47, "</s>")]);
        Field(model, 3, [.. Bytes(1, "identity"), .. Number(3, 1), .. Number(4, 0), .. Number(5, 1)]);
        return [.. model];
    }

    private static void Field(List<byte> into, int number, byte[] content) => into.AddRange([.. Variable((number << 3) | 2), .. Variable(content.Length), .. content]);

    private static IEnumerable<byte> Bytes(int number, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        return [.. Variable((number << 3) | 2), .. Variable(content.Length), .. content];
    }

    private static IEnumerable<byte> Number(int number, int value) => [.. Variable(number << 3), .. Variable(value)];

    private static IEnumerable<byte> Variable(int value)
    {
        for (; value > 127; value >>= 7)
            yield return (byte)((value & 127) | 128);
        yield return (byte)value;
    }
}
