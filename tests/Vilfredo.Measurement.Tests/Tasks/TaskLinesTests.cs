using CsCheck;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Measurement.Tests.Tasks;

public class TaskLinesTests
{
    private static readonly TaskMix Mix = new(TaskFamilies.All.Select(family => new TaskMixPart(family, 1, 1, 5)));

    [Fact]
    public void Items_survive_writing_and_reading()
    {
        var items = Enumerable.Range(0, 200).Select(i => Mix.At(3, i)).ToList();
        var text = string.Join("\r\n\n", items.Select(TaskLines.Format));
        Assert.Equal(items, TaskLines.Read(new StringReader(text)));
    }

    [Fact]
    public void A_wrong_line_is_named_by_its_number()
    {
        var item = Mix.At(1, 0);
        var good = TaskLines.Format(item);
        string Message(string line) => Assert.Throws<FormatException>(() => TaskLines.Read(new StringReader($"{good}\n\n{line}\n")).Count()).Message;
        Assert.StartsWith("line 3: not a task: ", Message("{"), StringComparison.Ordinal);
        Assert.StartsWith("line 3: not a task: ", Message("[1]"), StringComparison.Ordinal);
        Assert.StartsWith("line 3: null is not a task", Message("null"), StringComparison.Ordinal);
        Assert.Contains("prompt", Message("{\"family\":\"list\"}"), StringComparison.Ordinal);
        Assert.StartsWith("line 3: not a task: ", Message(good.Replace($"\"{item.Family}\"", "null", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("line 3: there is no family \"poem\"", Message(TaskLines.Format(item with { Family = "poem" })), StringComparison.Ordinal);
        Assert.StartsWith("line 3: the item's own answer \"?\"", Message(TaskLines.Format(item with { Answer = "?" })), StringComparison.Ordinal);
        Assert.StartsWith("line 3: difficulty", Message(TaskLines.Format(item with { Difficulty = 0 })), StringComparison.Ordinal);
        Assert.StartsWith("line 3: not a task: ", Message(new string('[', 100_000)), StringComparison.Ordinal);
        Assert.StartsWith("line 3: longer than", Message(new string(' ', TaskLines.MaximumLineLength + 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Garbage_is_a_format_error_and_nothing_else() => Gen.String.Sample(text =>
    {
        try
        {
            Assert.Empty(TaskLines.Read(new StringReader(text)));
        }
        catch (FormatException error)
        {
            Assert.StartsWith("line ", error.Message, StringComparison.Ordinal);
        }
    }, iter: 1000);

    [Fact]
    public void A_mix_gives_each_family_its_share_and_items_by_index()
    {
        var mix = new TaskMix([new(TaskFamilies.All[1], 3, 2, 4), new(TaskFamilies.All[5], 1, 1, 1)]);
        var items = Enumerable.Range(0, 2000).Select(i => mix.At(5, i, TaskSplit.Validation)).ToList();
        Assert.InRange(items.Count(item => item.Family == "chain"), 1400, 1600); // 1500, standard deviation 19
        Assert.Equal([2, 3, 4], items.Where(item => item.Family == "chain").Select(item => item.Difficulty).Distinct().Order());
        Assert.Equal(items[77], mix.At(5, 77, TaskSplit.Validation));
        Assert.All(items, item => Assert.Equal(TaskSplit.Validation, TaskSplitter.Default.SplitOf(item.Family, item.Problem)));
    }

    [Fact]
    public void Impossible_mixes_are_refused()
    {
        var family = TaskFamilies.All[0];
        Assert.Throws<ArgumentException>(() => new TaskMix([]));
        Assert.Throws<ArgumentException>(() => new TaskMix([new(family, 0, 1, 2)]));
        Assert.Throws<ArgumentException>(() => new TaskMix([new(family, 1, 3, 2)]));
        Assert.Throws<ArgumentException>(() => new TaskMix([new(family, 1, 1, 99)]));
    }
}
