namespace Vilfredo.Reproductions.Tests;

public sealed class RecordingTests : IDisposable
{
    private readonly ResultsFolder folder = new(Directory.CreateTempSubdirectory("vilfredo-records-").FullName);

    public void Dispose() => Directory.Delete(folder.Root, recursive: true);

    private static Sample Study { get; } = new()
    {
        Judged =
        [
            Claim.Difference(new("better", "Good is better.", "1.0"), Sample.Quality("good"), Sample.Quality("plain"), Bound.Above(0)),
            Claim.Mean(new("high", "Good is high."), Sample.Quality("good"), Bound.Above(1)),
            Claim.NotMeasurable(new("more", "There is more."), "it is not here"),
        ],
    };

    private RecordedRun Record()
    {
        var results = ReproductionRunner.Run(Study, Scale.Smoke, cancellation: TestContext.Current.CancellationToken);
        var record = RecordedRun.Of(Study, results, "vilfredo reproduce sample", "1.2.3");
        record.Save(folder.RecordPath("sample"));
        return record;
    }

    [Fact]
    public void A_record_reads_back_as_it_was_written()
    {
        var written = Record();
        var read = Assert.Single(folder.Load());
        Assert.Equal(written.Claims, read.Claims);
        Assert.Equal(written.Machine, read.Machine);
        Assert.Equal((written.Slug, written.Scale, written.Seeds, written.Recorded), (read.Slug, read.Scale, read.Seeds, read.Recorded));
        Assert.Equal(
            written.Units.OrderBy(u => u.Unit.ToString()).Select(u => (u.Unit, Math.Round(u.Seconds, 6), u.Values["quality"])),
            read.Units.OrderBy(u => u.Unit.ToString()).Select(u => (u.Unit, u.Seconds, u.Values["quality"])));
    }

    [Fact]
    public void A_record_has_one_line_per_unit_and_no_text_that_follows_from_its_numbers()
    {
        var written = Record();
        var text = File.ReadAllLines(folder.RecordPath("sample"));
        Assert.Equal(written.Units.Count, text.Count(line => line.TrimStart().StartsWith('[')));
        Assert.DoesNotContain(text, line => line.Contains("\"ours\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Units_that_are_no_tables_are_refused()
    {
        Record();
        var path = folder.RecordPath("sample");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"runs\"", "\"walks\"", StringComparison.Ordinal));
        Assert.Contains("the units are no tables", Assert.Throws<InvalidDataException>(() => folder.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_a_record_is_named()
    {
        var path = folder.RecordPath("broken");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "{\"slug\": 3}");
        Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => folder.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pages_show_each_claim_with_its_verdict_and_the_plot_each_method()
    {
        Record();
        var written = PaperPage.WriteAll(new ReproductionCatalog([Study]), folder);
        Assert.Equal(3, written.Count);
        var page = File.ReadAllText(folder.PagePath("sample.md"));
        Assert.Contains("| Good is high. | – | 3 [", page, StringComparison.Ordinal);
        Assert.Contains("| Good is better. | 1.0 | 1 | > 0 | not measurable: all seeds give the same number", page, StringComparison.Ordinal);
        Assert.Contains("not measurable: it is not here", page, StringComparison.Ordinal);
        Assert.Contains("| [A Sample](sample.md) | smoke | 1 | 0 | 2 |", File.ReadAllText(folder.PagePath("README.md")), StringComparison.Ordinal);
        var plot = File.ReadAllText(folder.PagePath("sample.svg"));
        Assert.Contains("good", plot, StringComparison.Ordinal);
        Assert.Contains("plain", plot, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_record_gives_the_same_files()
    {
        var record = Record();
        Assert.Equal(PaperPage.Plot(Study, record), PaperPage.Plot(Study, record));
        Assert.Equal(PaperPage.Markdown(Study, record), PaperPage.Markdown(Study, record));
    }
}
