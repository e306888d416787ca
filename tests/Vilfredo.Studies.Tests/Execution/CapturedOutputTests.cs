using CsCheck;
using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies.Tests.Execution;

public class CapturedOutputTests
{
    [Fact]
    public void Whatever_the_chunks_the_first_and_last_bytes_are_kept_and_all_are_counted() =>
        Gen.Select(Gen.Int[0, 40], Gen.Byte.Array[0, 30].Array[0, 12]).Sample((limit, chunks) =>
        {
            var buffer = new OutputBuffer(limit);
            foreach (var chunk in chunks) buffer.Append(chunk);
            var all = chunks.SelectMany(chunk => chunk).ToArray();
            var captured = buffer.ToCapturedOutput();
            Assert.Equal(all.Length, captured.TotalBytes);
            Assert.Equal(all.Length > limit, captured.IsTruncated);
            if (!captured.IsTruncated)
            {
                Assert.Equal(all, captured.Head.ToArray());
                return;
            }

            Assert.Equal(all[..(limit - limit / 2)], captured.Head.ToArray());
            Assert.Equal(all[^(limit / 2)..], captured.Tail.ToArray());
            Assert.Equal(all.Length - limit, captured.OmittedBytes);
        });

    [Fact]
    public void A_long_line_is_cut_and_empty_ones_are_skipped()
    {
        var buffer = new OutputBuffer(10_000);
        buffer.Append("first\n\n   \r\n"u8);
        buffer.Append(Enumerable.Repeat((byte)'x', 2000).ToArray());
        var lines = buffer.ToCapturedOutput().LastLines(5);
        Assert.Equal("first", lines[0]);
        Assert.Equal(2, lines.Count);
        Assert.InRange(lines[1].Length, 500, 510);
    }
}
