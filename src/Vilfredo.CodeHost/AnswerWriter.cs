using System.Buffers.Text;
using System.Text.Json;

namespace Vilfredo.CodeHost;

/// <summary>Writes answer lines; each is in the file when the call returns, whatever happens to the process after.</summary>
internal sealed class AnswerWriter(Stream answers)
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, MaxDepth = 1000 };

    private readonly Lock writing = new();

    public void Write(Action<Utf8JsonWriter> fields)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line, Options))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        lock (writing) answers.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
    }

    /// <summary>The last line of a process whose call passed a time limit. Takes no memory from the heap, of which there may be none left.</summary>
    public void WriteLimit(int call, bool isWall)
    {
        Span<byte> line = stackalloc byte[64];
        var length = 0;
        Append(line, ref length, "{\"call\":"u8);
        _ = Utf8Formatter.TryFormat(call, line[length..], out var written);
        length += written;
        Append(line, ref length, isWall ? ",\"limit\":\"wall\"}\n"u8 : ",\"limit\":\"cpu\"}\n"u8);
        if (call < 0) return;
        lock (writing) answers.Write(line[..length]);
    }

    public void WriteFailure(string problem) => Write(writer => writer.WriteString(HostProtocol.Failed, problem));

    private static void Append(Span<byte> line, ref int length, ReadOnlySpan<byte> text)
    {
        text.CopyTo(line[length..]);
        length += text.Length;
    }
}
