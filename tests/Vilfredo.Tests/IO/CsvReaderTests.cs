using CsCheck;
using Vilfredo.IO;

namespace Vilfredo.Tests.IO;

public class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b", "1|2")]
    [InlineData("a,b\r\n1,2", "a|b", "1|2")]
    [InlineData("\n\na,b\n\n1,2\n\n", "a|b", "1|2")]
    [InlineData("a;b\n1,5;2\n", "a|b", "1,5|2")]
    [InlineData("a\tb\n1\t2\n", "a|b", "1|2")]
    [InlineData("\"a,x\",\"b\"\"c\"\n\"1\n2\",\n", "a,x|b\"c", "1\n2|")]
    [InlineData("a,b\n 1 ,5\" disk\n", "a|b", " 1 |5\" disk")]
    [InlineData("a\n\"\"\n", "a", "")]
    public void Records_are_split_as_RFC_4180_says(string text, params string[] expected) =>
        Assert.Equal(expected, ReadAll(text).Select(record => string.Join('|', record)));

    [Fact]
    public void A_record_knows_the_line_it_begins_on()
    {
        using var reader = new CsvReader(new StringReader("a,b\n\"1\n2\",3\n4,5\n"), "t.csv");
        var lines = new List<long>();
        while (reader.Read())
            lines.Add(reader.Line);
        Assert.Equal([1, 2, 4], lines);
    }

    [Theory]
    [InlineData("a,b\n1,\"2\n3\n", "t.csv:2: the quote of field 2 is never closed")]
    [InlineData("a,b\n\"1\"x,2\n", "t.csv:2: \"x\" follows the closing quote of field 1")]
    public void A_broken_quote_is_located(string text, string message)
    {
        var error = Assert.Throws<InputFormatException>(() => ReadAll(text));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Any_table_survives_being_written_and_read() =>
        Gen.Char["ab,;\"\n\t #é"].Array[0, 6].Select(characters => new string(characters)).Array[1, 4].Array[1, 6]
            .Where(table => table.All(record => record.Length == table[0].Length))
            .Sample(table =>
            {
                using var text = new StringWriter();
                var writer = new CsvWriter(text);
                foreach (var record in table)
                    writer.Write(record);
                var read = ReadAll(text.ToString(), ',');
                return read.Count == table.Length && read.Zip(table).All(pair => pair.First.SequenceEqual(pair.Second));
            });

    private static List<string[]> ReadAll(string text, char? separator = null)
    {
        using var reader = new CsvReader(new StringReader(text), "t.csv", separator);
        var records = new List<string[]>();
        while (reader.Read())
            records.Add([.. reader.Fields]);
        return records;
    }
}
