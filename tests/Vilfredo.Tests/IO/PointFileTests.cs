using System.Text;
using CsCheck;
using Vilfredo.IO;

namespace Vilfredo.Tests.IO;

public class PointFileTests
{
    [Theory]
    [InlineData("1 2\n3 4\n")]
    [InlineData("1 2\n3 4")]
    [InlineData("1 2\r\n3 4\r\n")]
    [InlineData("1\t2\n3\t4\n")]
    [InlineData("  1   2  \n\t3 \t 4\n")]
    [InlineData("1,2\n3,4\n")]
    [InlineData("1, 2\n3 ,4\n")]
    [InlineData("1;2\n3; 4\n")]
    [InlineData("\uFEFF1 2\n3 4\n")]
    [InlineData("\n\n  \n1 2\n3 4\n\n\t\n")]
    [InlineData("# points\n1 2 # the first\n# between\n3 4\t#last\n#end")]
    public void All_notations_give_the_same_points(string text)
    {
        var file = PointFile.Parse(text);
        Assert.Equal(2, file.Columns);
        Assert.Null(file.Names);
        var set = Assert.Single(file.Sets);
        Assert.Equal([1, 2, 3, 4], set.Values.ToArray());
        Assert.Equal([3, 4], set.Point(1).ToArray());
    }

    [Fact]
    public void Blank_lines_separate_data_sets_and_comments_do_not()
    {
        var file = PointFile.Parse("1 2\n# still the first\n3 4\n\n# second\n\n5 6\n\n\n7 8\n");
        Assert.Equal([2, 1, 1], file.Sets.Select(set => set.Count));
        Assert.Equal([5, 6], file.Sets[1].Values.ToArray());
        Assert.Equal(3, file.Sets[0].Line(1));
        Assert.Equal(7, file.Sets[1].Line(0));
        Assert.Equal(10, file.Sets[2].Line(0));
    }

    [Theory]
    [InlineData("cost accuracy\n1 2\n", "cost", "accuracy")]
    [InlineData("# what\n\ncost,accuracy\n1,2\n", "cost", "accuracy")]
    [InlineData("\"wall time\", accuracy\r\n1,2\r\n", "wall time", "accuracy")]
    [InlineData("_1;größe\n1;2\n", "_1", "größe")]
    public void A_header_names_the_columns(string text, string first, string second)
    {
        var file = PointFile.Parse(text);
        Assert.Equal([first, second], file.Names!);
        Assert.Equal([1, 2], Assert.Single(file.Sets).Values.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# nothing\n")]
    public void A_text_without_points_has_no_data_sets(string text)
    {
        var file = PointFile.Parse(text);
        Assert.Empty(file.Sets);
        Assert.Equal(0, file.Columns);
    }

    [Fact]
    public void One_column_needs_no_separator()
    {
        var file = PointFile.Parse("cost\n1\n2 # two\n\n3\n");
        Assert.Equal(1, file.Columns);
        Assert.Equal([2, 1], file.Sets.Select(set => set.Count));
    }

    [Fact]
    public void Infinity_is_a_value_unless_the_caller_forbids_it()
    {
        Assert.Equal(
            [double.PositiveInfinity, double.NegativeInfinity],
            PointFile.Parse("inf -Infinity\n").Sets[0].Values.ToArray());
        var error = Assert.Throws<InputFormatException>(
            () => PointFile.Parse("1 2\n1 -inf\n", new PointFileOptions { AllowInfinity = false }));
        Assert.Equal("text:2: column 2: \"-inf\" is not allowed here", error.Message);
    }

    [Theory]
    [InlineData("1 2\n3 x\n", 2, "column 2: \"x\" is not a number")]
    [InlineData("1 2\n\n# c\n3 4 5\n", 4, "read 3 columns (\"3 4 5\"), expected 2 as on line 1")]
    [InlineData("1 2\n3\n", 2, "read 1 column (\"3\"), expected 2 as on line 1")]
    [InlineData("a b c\n3 4\n", 2, "read 2 columns (\"3 4\"), expected 3 as the header on line 1 names")]
    [InlineData("1 2\nNaN 4\n", 2, "column 1: \"NaN\" is not a measurement")]
    [InlineData("NaN NaN\n", 1, "column 1: \"NaN\" is not a measurement")]
    [InlineData("1 1e400\n", 1, "column 2: \"1e400\" is beyond the range of a double")]
    [InlineData("1,,3\n", 1, "column 2: no value (\"1,,3\")")]
    [InlineData("1,2,\n", 1, "column 3: no value (\"1,2,\")")]
    [InlineData(",1\n", 1, "column 1: no value (\",1\")")]
    [InlineData("1,2 3,4\n", 1, "column 2: \"2 3\" is not a number")]
    [InlineData("0,5;0,7\n", 1, "both semicolons and commas (\"0,5;0,7\")")]
    [InlineData("0.5 0.7\n0,5\n", 2, "values are separated by commas here (\"0,5\") but by white space above")]
    [InlineData("1,2\n3 4\n", 2, "values are separated by white space here (\"3 4\") but by commas above")]
    [InlineData("cost acc\nmore text\n", 2, "column 1: \"more\" is not a number")]
    [InlineData("1.2.3 4.5.6\n", 1, "column 1: \"1.2.3\" is not a number")]
    [InlineData("cost 5\n", 1, "column 1: \"cost\" is not a number")]
    [InlineData("a a\n1 2\n", 1, "the header names two columns \"a\"")]
    [InlineData("1 2\n\u0001\u0000 4\n", 2, "column 1: \"\\x01\\x00\" is not a number")]
    public void A_bad_line_is_located_and_quoted(string text, int line, string problem)
    {
        var error = Assert.Throws<InputFormatException>(() => PointFile.Parse(text));
        Assert.Equal($"text:{line}: {problem}", error.Message);
        Assert.Equal(line, error.Line);
        Assert.NotNull(error.Mend);
    }

    [Fact]
    public void A_text_in_UTF16_is_recognised()
    {
        using var stream = new MemoryStream([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("1 2\n")]);
        var error = Assert.Throws<InputFormatException>(() => PointFile.Read(stream, "p.txt"));
        Assert.Equal("p.txt:1: the text is UTF-16", error.Message);
    }

    [Fact]
    public void A_long_text_is_quoted_in_part()
    {
        var error = Assert.Throws<InputFormatException>(() => PointFile.Parse("1 2\n" + new string('x', 5000)));
        Assert.True(error.Message.Length < 200, error.Message);
    }

    [Fact]
    public void The_text_of_a_line_is_kept_on_request()
    {
        var options = new PointFileOptions { KeepText = true };
        var file = PointFile.Parse("a  b\n 1.50  2 # x\r\n\n3e0 4\n", options);
        Assert.Equal("a  b", file.Header);
        Assert.Equal(" 1.50  2 # x", Encoding.UTF8.GetString(file.Sets[0].Text(0)));
        Assert.Equal("3e0 4", Encoding.UTF8.GetString(file.Sets[1].Text(0)));
        Assert.Throws<InvalidOperationException>(() => _ = PointFile.Parse("1\n").Sets[0].Text(0).Length);
    }

    [Fact]
    public void Points_survive_being_written_and_read_whatever_the_size_of_the_blocks() =>
        Gen.Select(Gen.Double.Where(double.IsFinite).Array[3].Array[1, 40], Gen.Int[1, 17]).Sample((points, block) =>
        {
            var text = string.Concat(points.Select(point => string.Join(' ', point.Select(NumberText.Format)) + "\n"));
            using var stream = new TricklingStream(Encoding.UTF8.GetBytes(text), block);
            return PointFile.Read(stream, "p").Sets[0].Values.SequenceEqual(points.SelectMany(point => point).ToArray());
        });

    [Fact]
    public void A_line_longer_than_the_buffer_is_one_point()
    {
        var text = string.Join(' ', Enumerable.Range(0, 50_000)) + "\n";
        var set = PointFile.Parse(text).Sets[0];
        Assert.Equal(50_000, set.Columns);
        Assert.Equal(49_999, set.Values[^1]);
    }

    /// <summary>Hands out a few bytes at a time, as a pipe may.</summary>
    private sealed class TricklingStream(byte[] bytes, int block) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, block));
    }
}
