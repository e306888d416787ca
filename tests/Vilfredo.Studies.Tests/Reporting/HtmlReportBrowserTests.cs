using Microsoft.Playwright;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Studies.Tests.Reporting;

/// <summary>The page in a real browser.</summary>
public sealed class HtmlReportBrowserTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vilfredo-page-");
    private readonly List<string> complaints = [];

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Every_study_opens_without_a_complaint()
    {
        var page = await browser.NewPageAsync();
        Listen(page);
        foreach (var (name, data) in Sample.EdgeCases())
        {
            await Open(page, data);
            Assert.Equal(data.Title, await page.TextContentAsync("h1"));
            Assert.True(complaints.Count == 0, $"{name}: {string.Join("; ", complaints)}");
        }
    }

    [Fact]
    public async Task Hostile_text_is_shown_as_text_and_never_runs()
    {
        var page = await browser.NewPageAsync();
        Listen(page);
        page.Dialog += (_, dialog) => complaints.Add("dialog " + dialog.Message);
        var data = HtmlReportTests.Hostile();
        await Open(page, data);
        await page.ClickAsync("summary");

        Assert.Equal(data.Title, await page.TextContentAsync("h1"));
        Assert.Equal(0, await page.Locator("img").CountAsync());
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Hovering_shows_values_and_knobs_and_a_click_pins_them()
    {
        var page = await browser.NewPageAsync();
        await Open(page, Sample.TwoObjectives());
        var knee = await page.Locator(".knee[data-trial='2'] path").BoundingBoxAsync();
        Assert.NotNull(knee);
        await page.Mouse.MoveAsync(knee.X + knee.Width / 2, knee.Y + knee.Height / 2);

        var tip = await page.InnerTextAsync("#tooltip");
        foreach (var text in new[] { "Trial 2", "knee", "size", "2.861\u00a0MiB", "time", "1.00\u00a0s", "level", "6", "rate", "0.010", "tool", "gzip" })
            Assert.Contains(text, tip, StringComparison.Ordinal);

        await page.Mouse.DownAsync();
        await page.Mouse.UpAsync();
        Assert.Contains("PINNED", await page.InnerTextAsync(".details"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await page.Locator("tr.pinned[data-trial='2']").CountAsync());
        Assert.Equal(1, await page.Locator("#parallel polyline.pinned").CountAsync());
    }

    [Fact]
    public async Task The_keyboard_walks_along_the_frontier()
    {
        var page = await browser.NewPageAsync();
        await Open(page, Sample.TwoObjectives());
        await page.FocusAsync("#scatter-plot");
        await page.Keyboard.PressAsync("ArrowRight"); // the smallest size
        Assert.Contains("Trial 3", await page.InnerTextAsync("#tooltip"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        Assert.Contains("Trial 1", await page.InnerTextAsync(".details"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Brushing_an_axis_filters_the_pictures_and_the_table()
    {
        var page = await browser.NewPageAsync();
        await Open(page, Sample.TwoObjectives());
        Assert.Equal("5 of 5 trials shown", await page.TextContentAsync("#match-count"));

        // From the middle of the axis of sizes, which run from 2 MB at the bottom to 5 MB at the top, to its upper end.
        var strip = page.Locator(".strip[data-axis='size']");
        await strip.ScrollIntoViewIfNeededAsync();
        var box = await strip.BoundingBoxAsync();
        Assert.NotNull(box);
        await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height * 0.5f);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y, new MouseMoveOptions { Steps = 4 });
        await page.Mouse.UpAsync();

        await page.Locator("#frontier tbody tr").Nth(1).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal("2 of 5 trials shown", await page.TextContentAsync("#match-count"));
        Assert.Equal(["1"], await TableColumn(page, 1));

        await page.ClickAsync(".chip");
        await page.Locator("#frontier tbody tr").Nth(2).WaitForAsync();
        Assert.Equal("5 of 5 trials shown", await page.TextContentAsync("#match-count"));
    }

    [Fact]
    public async Task The_keyboard_moves_a_filter()
    {
        var page = await browser.NewPageAsync();
        await Open(page, Sample.TwoObjectives());
        await page.GetByRole(AriaRole.Slider, new PageGetByRoleOptions { Name = "tool: lower limit of the filter" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp"); // from the first of two choices to the second
        Assert.Equal("2 of 5 trials shown", await page.TextContentAsync("#match-count"));
    }

    [Fact]
    public async Task The_table_is_sorted_by_a_click_and_writes_numbers_as_the_library_does()
    {
        var page = await browser.NewPageAsync();
        var data = Sample.TwoObjectives();
        await Open(page, data);
        var sizes = QuantityFormat.ForColumn(data.Points.Where(point => point.Values.Count > 0).Select(point => point.Values[0]), "bytes");
        var expected = data.Points.Take(3).Select(point => sizes.Format(point.Values[0])).ToArray();

        Assert.Equal(expected.Reverse(), await TableColumn(page, 2));
        await page.ClickAsync("#frontier th:nth-child(2) button");
        Assert.Equal(expected, await TableColumn(page, 2));
        Assert.Equal("descending", await page.GetAttributeAsync("#frontier th:nth-child(2)", "aria-sort"));
    }

    [Fact]
    public async Task The_comma_separated_file_has_every_trial_in_full_precision()
    {
        var page = await browser.NewPageAsync();
        var plain = Sample.TwoObjectives();
        await Open(page, plain with { Points = [plain.Points[0] with { Values = [1.0 / 3, 2e-7] }, .. plain.Points.Skip(1)] });
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("#csv-all"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);

        Assert.Equal("trials.csv", download.SuggestedFilename);
        Assert.Equal("trial,state,frontier,knee,probability,size [bytes],time [s],level,rate,tool", lines[0]);
        Assert.Equal("1,completed,1,0,,0.3333333333333333,2e-7,1,0.001,gzip", lines[1]);
        Assert.Equal("6,failed,0,0,,,,4,0.5,xz", lines[6]);
        Assert.Equal(8, lines.Length);
    }

    [Fact]
    public async Task Axes_can_be_chosen_and_made_logarithmic()
    {
        var page = await browser.NewPageAsync();
        Listen(page);
        await Open(page, Sample.Objectives(3, 30));
        await page.SelectOptionAsync("#tradeoff select >> nth=0", "2");
        await page.CheckAsync("#tradeoff .controls input >> nth=0");
        Assert.Contains("f2", await page.TextContentAsync("#scatter-plot .axes"), StringComparison.Ordinal);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Twenty_thousand_points_open_and_filter()
    {
        var page = await browser.NewPageAsync();
        Listen(page);
        await Open(page, Sample.Objectives(2, 20_000));
        await page.GetByRole(AriaRole.Slider, new PageGetByRoleOptions { Name = "x: lower limit of the filter" }).FocusAsync();
        await page.Keyboard.PressAsync("PageUp");
        Assert.Equal("18,000 of 20,000 trials shown", await page.TextContentAsync("#match-count"));
        Assert.Empty(complaints);
    }

    private async Task Open(IPage page, ReportData data)
    {
        var path = Path.Combine(folder.FullName, "report.html");
        HtmlReport.Save(data, path);
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        await page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    private void Listen(IPage page)
    {
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal))
                complaints.Add("request " + request.Url);
        };
    }

    private static async Task<IReadOnlyList<string>> TableColumn(IPage page, int column) =>
        [.. (await page.Locator($"#frontier tbody td:nth-child({column})").AllInnerTextsAsync()).Select(text => text.Replace("◆ ", "", StringComparison.Ordinal))];
}
