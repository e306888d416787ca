using System.Text;

namespace Vilfredo.Studies.Execution;

/// <summary>Cuts a stream of bytes into lines of UTF-8 as they come.</summary>
internal sealed class LineReader(Action<string> onLine)
{
    // What is longer is no report of anything; its rest is skipped.
    private const int LongestLine = 64 * 1024;

    private readonly List<byte> _line = [];

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Keep(bytes[..end]);
            onLine(Encoding.UTF8.GetString(_line.ToArray()).TrimEnd('\r'));
            _line.Clear();
            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
    }

    private void Keep(ReadOnlySpan<byte> bytes) => _line.AddRange(bytes[..Math.Min(bytes.Length, LongestLine - _line.Count)]);
}
