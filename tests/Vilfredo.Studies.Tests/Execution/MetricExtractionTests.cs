using System.Diagnostics;
using System.Text;
using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies.Tests.Execution;

public class MetricExtractionTests
{
    private static CapturedOutput Captured(string text, int keptBytes = 1 << 20)
    {
        var buffer = new OutputBuffer(keptBytes);
        buffer.Append(Encoding.UTF8.GetBytes(text));
        return buffer.ToCapturedOutput();
    }

    private static ProcessResult Run(string output, string error = "", int keptBytes = 1 << 20) => new()
    {
        Outcome = ProcessOutcome.Exited,
        ExitCode = 0,
        WallTime = TimeSpan.FromSeconds(1.5),
        UserTime = TimeSpan.FromSeconds(1),
        SystemTime = TimeSpan.FromSeconds(0.25),
        PeakMemoryBytes = 4096,
        StandardOutput = Captured(output, keptBytes),
        StandardError = Captured(error, keptBytes),
        LastLines = CapturedOutput.LastLines(Captured(output, keptBytes), Captured(error, keptBytes), 20),
        Message = "'tool' ended with exit code 0 after 1.5 s",
    };

    private static double Number(MetricSource source, ProcessResult result, string directory = "/")
    {
        var reading = MetricExtraction.Extract(source, result, directory);
        Assert.True(reading.IsNumber, reading.Error);
        return reading.Value;
    }

    private static string Error(MetricSource source, ProcessResult result, string directory = "/")
    {
        var reading = MetricExtraction.Extract(source, result, directory);
        Assert.False(reading.IsNumber, $"got {reading.Value}");
        return reading.Error;
    }

    [Theory]
    [InlineData("loss: 0.5\nloss: 0.25\n", @"loss: (\S+)", 0.25)]
    [InlineData("loss: -1.5e-3", @"loss: (\S+)", -1.5e-3)]
    [InlineData("took 12 s", @"\d+", 12)]
    [InlineData("a=1 b=2", @"a=(?<other>\d) b=(?<value>\d)", 2)]
    [InlineData("x 1\ny 2\n", @"^x (\d)$", 1)]
    [InlineData("abab 7 cdcd", @"(?<=abab )(\d)", 7)] // lookbehind: the backtracking engine
    [InlineData("n: +5.", @"n: (.*)", 5)]
    public void A_pattern_finds_the_number(string output, string pattern, double expected) =>
        Assert.Equal(expected, Number(new RegexSource(pattern), Run(output)));

    [Fact]
    public void The_first_match_another_group_and_another_stream_can_be_asked_for()
    {
        var result = Run("a 1 2\na 3 4\n", "a 5 6\n");
        Assert.Equal(1, Number(new RegexSource(@"a (\d) (\d)", which: MatchChoice.First), result));
        Assert.Equal(4, Number(new RegexSource(@"a (\d) (\d)", group: "2"), result));
        Assert.Equal(5, Number(new RegexSource(@"a (\d)", stream: OutputStream.StandardError), result));
        Assert.Equal(3, Number(new RegexSource(@"a (\d)", stream: OutputStream.Both), result));
        Assert.Equal(5, Number(new RegexSource(@"a (5)", stream: OutputStream.Both), result));
    }

    [Theory]
    [InlineData("nan", "NaN is no measurement")]
    [InlineData("-NaN", "NaN is no measurement")]
    [InlineData("inf", "infinite")]
    [InlineData("-Infinity", "infinite")]
    [InlineData("1e400", "beyond the largest number")]
    [InlineData("-1e400", "beyond the largest number")]
    [InlineData("", "empty")]
    [InlineData("0,5", "comma")]
    [InlineData("1,000.5", "comma")]
    [InlineData("fast", "not a number")]
    [InlineData("12%", "not a number")]
    [InlineData("0x1F", "not a number")]
    [InlineData("1 000", "not a number")]
    public void Text_that_is_no_finite_number_is_refused_with_the_reason(string text, string reason)
    {
        var error = Error(new RegexSource("score=(.*)$"), Run($"score={text}\n"));
        Assert.Contains(reason, error);
        Assert.Contains($"'{text}'", error);
        Assert.Contains("/score=(.*)$/", error);
    }

    [Fact]
    public void No_match_says_what_was_looked_for_and_what_was_there()
    {
        var error = Error(new RegexSource("loss=(.*)"), Run("one\ntwo\nthree\nfour\n"));
        Assert.Contains("the last match of /loss=(.*)/ in standard output: no match", error);
        Assert.EndsWith("two | three | four", error);
        Assert.Contains("nothing was printed", Error(new RegexSource("x"), Run("")));
    }

    [Fact]
    public void A_cut_number_at_the_seam_of_kept_output_is_not_read()
    {
        // 40 bytes kept of each end; the middle of "v=123456789" falls on the seam.
        var filler = string.Concat(Enumerable.Repeat("-", 70));
        var output = $"v=1\n{filler}\nv=123456789\n{filler}\nend\n";
        for (var kept = 10; kept < 170; kept += 2)
        {
            var result = Run(output, keptBytes: kept);
            foreach (var which in new[] { MatchChoice.First, MatchChoice.Last })
            {
                var reading = MetricExtraction.Extract(new RegexSource(@"v=?(\d+)", which: which), result, "/");
                if (reading.IsNumber) Assert.Contains(reading.Value, new[] { 1.0, 123456789.0 });
                else Assert.Contains("were not kept", reading.Error);
            }
        }
    }

    [Fact]
    public void A_pattern_is_checked_when_it_is_given()
    {
        Assert.ThrowsAny<ArgumentException>(() => new RegexSource("("));
        Assert.Contains("no group 'time'", Assert.Throws<ArgumentException>(() => new RegexSource("(a)", "time")).Message);
        Assert.Equal(new RegexSource("(a)"), new RegexSource("(a)", "1"));
        Assert.NotEqual(new RegexSource("(a)"), new RegexSource("(a)", "0"));
    }

    [Fact]
    public void A_pattern_that_backtracks_forever_gives_up()
    {
        var start = Stopwatch.GetTimestamp();
        var error = Error(new RegexSource(@"(?=x)(x+x+)+y(\d)"), Run(new string('x', 60)));
        Assert.Contains("took longer than 2 s", error);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
    }

    [Theory]
    [InlineData("""{"a": {"b": 2.5}}""", "$.a.b", 2.5)]
    [InlineData("""{"a": {"b": 2.5}}""", "a.b", 2.5)]
    [InlineData("""[1, 2, [3, 4]]""", "$[2][0]", 3)]
    [InlineData("""{"runs": [{"t": 1}, {"t": 9}]}""", "$.runs[-1].t", 9)]
    [InlineData("""{"two words": {"a.b": 1e-3}}""", "$['two words'][\"a.b\"]", 1e-3)]
    [InlineData("7", "$", 7)]
    [InlineData("log\n{\"x\": 1}\nmore log\n{\"x\": 2}\ndone\n", "$.x", 2)]
    [InlineData("log {not json}\n{\n  \"x\": [\n    5\n  ]\n}\n", "$.x[0]", 5)]
    [InlineData("{\"x\": 1}\n{broken\n", "$.x", 1)]
    public void A_path_finds_the_number(string output, string path, double expected) =>
        Assert.Equal(expected, Number(new JsonPathSource(path), Run(output)));

    [Theory]
    [InlineData("""{"a": 1, "c": 2}""", "$.b", "$ has no member 'b'; it has a, c")]
    [InlineData("""{"a": "0.5"}""", "$.a", "$.a is the text \"0.5\", not a number")]
    [InlineData("""{"a": null}""", "$.a", "is null")]
    [InlineData("""{"a": 1e400}""", "$.a", "beyond the largest number")]
    [InlineData("""{"a": NaN}""", "$.a", "JSON has no NaN")]
    [InlineData("""{"a": [1]}""", "$.a[3]", "$.a has 1 elements, so none at [3]")]
    [InlineData("""{"a": 1}""", "$.a.b", "$.a is 1, so it has no member 'b'")]
    [InlineData("""{"a": 1}""", "$[0]", "$ is an object, so it has no element [0]")]
    [InlineData("", "$.a", "output is empty")]
    [InlineData("no json here", "$.a", "no JSON document")]
    public void A_path_that_leads_nowhere_says_where_it_ended(string output, string path, string reason) =>
        Assert.Contains(reason, Error(new JsonPathSource(path), Run(output)));

    [Theory]
    [InlineData("$.a[*]")]
    [InlineData("$.*")]
    [InlineData("$.a[0:2]")]
    [InlineData("$..a")]
    [InlineData("$.a[")]
    [InlineData("$.a[x]")]
    [InlineData("$a b]c.")]
    public void A_path_that_is_malformed_or_selects_several_is_refused(string path) =>
        Assert.Throws<ArgumentException>(() => new JsonPathSource(path));

    [Fact]
    public void Measured_costs_are_read_in_base_units()
    {
        var result = Run("12345");
        Assert.Equal(1.5, Number(new WallTimeSource(), result));
        Assert.Equal(1.25, Number(new CpuTimeSource(), result));
        Assert.Equal(4096, Number(new PeakMemorySource(), result));
        Assert.Equal(0, Number(new ExitCodeSource(), result));
        Assert.Equal(5, Number(new OutputSizeSource(), result));
        Assert.Contains("peak memory is unknown", Error(new PeakMemorySource(), result with { PeakMemoryBytes = null }));
        Assert.Contains("no exit code", Error(new ExitCodeSource(), result with { Outcome = ProcessOutcome.Signaled, ExitCode = null }));
    }

    [Theory]
    [InlineData(ProcessOutcome.TimedOut)]
    [InlineData(ProcessOutcome.Canceled)]
    [InlineData(ProcessOutcome.FailedToStart)]
    [InlineData(ProcessOutcome.MemoryLimit)]
    [InlineData(ProcessOutcome.OutputLimit)]
    [InlineData(ProcessOutcome.ProcessLimit)]
    public void A_run_that_was_stopped_gives_no_value(ProcessOutcome outcome)
    {
        var stopped = Run("x=1") with { Outcome = outcome, Message = "stopped for a reason" };
        foreach (MetricSource source in new MetricSource[] { new WallTimeSource(), new RegexSource("x=(.)"), new ExitCodeSource() })
            Assert.Contains("stopped for a reason", Error(source, stopped));
    }

    [Fact]
    public void The_size_of_a_file_is_read_and_a_missing_one_named_with_its_neighbors()
    {
        using var directory = new TemporaryDirectory();
        Assert.Contains("directory is empty", Error(new FileSizeSource("out.bin"), Run(""), directory.Path));
        File.WriteAllBytes(directory.File("out.bin"), new byte[77]);
        Directory.CreateDirectory(directory.File("folder"));
        Assert.Equal(77, Number(new FileSizeSource("out.bin"), Run(""), directory.Path));
        Assert.Equal(77, Number(new FileSizeSource(directory.File("out.bin")), Run(""), directory.Path));
        var error = Error(new FileSizeSource("out.txt"), Run(""), directory.Path);
        Assert.Contains("'out.txt'", error);
        Assert.Contains("out.bin", error);
        Assert.Contains("is a directory", Error(new FileSizeSource("folder"), Run(""), directory.Path));
        Assert.Contains("directory is missing", Error(new FileSizeSource("none/out"), Run(""), directory.Path));
    }
}
