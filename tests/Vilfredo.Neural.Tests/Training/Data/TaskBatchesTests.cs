using Vilfredo.Measurement.Tasks;
using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Training.Data;

namespace Vilfredo.Neural.Tests.Training.Data;

public class TaskBatchesTests
{
    private static readonly ByteTokenizer Bytes = new();
    private static readonly TaskMix Mix = new([new(TaskFamilies.Find("chain")!, 1, 1, 4), new(TaskFamilies.Find("arithmetic")!, 1, 1, 2)]);

    [Fact]
    public void What_is_scored_is_the_solution_and_the_end()
    {
        var batches = new TaskBatches(Mix, new(Bytes), 2, seed: 1);
        var drawn = Enumerable.Range(0, 32).Select(i => Mix.At(1, i, TaskSplit.Train)).ToDictionary(item => item.Prompt + "\n", item => item.Solution);
        var rows = 0;
        for (var i = 0; i < 16; i++)
        {
            var batch = batches.At(i);
            for (var row = 0; row < batch.Rows; row++, rows++)
            {
                var inputs = batch.Inputs.Slice(row * batch.Length, batch.Length).ToArray();
                var targets = batch.Targets.Slice(row * batch.Length, batch.Length).ToArray();
                Assert.Equal(Bytes.BeginToken, (int)inputs[0]);
                var solution = targets.Where(target => target != TokenBatch.Unscored).Select(target => (int)target).ToArray();
                Assert.Equal(Bytes.EndToken, solution[^1]);
                var prompt = Bytes.Decode(inputs[1..(Array.FindIndex(targets, target => target != TokenBatch.Unscored) + 1)].Select(id => (int)id));
                Assert.Equal(drawn[prompt], Bytes.Decode(solution));
            }
        }

        Assert.Equal(32, rows);
    }

    [Fact]
    public void Batches_are_a_function_of_seed_and_number()
    {
        var (first, second) = (new TaskBatches(Mix, new(Bytes), 3, seed: 1), new TaskBatches(Mix, new(Bytes), 3, seed: 1));
        foreach (var i in new[] { 0, 40, 17, 3 })
            second.At(i);
        Assert.Equal(first.At(20).Inputs.ToArray(), second.At(20).Inputs.ToArray());
        Assert.NotEqual(first.At(20).Inputs.ToArray(), new TaskBatches(Mix, new(Bytes), 3, seed: 2).At(20).Inputs.ToArray());
    }

    [Fact]
    public void Rows_of_a_batch_are_of_about_the_same_length()
    {
        var batches = new TaskBatches(Mix, new(Bytes), 16, seed: 1);
        var filled = Enumerable.Range(0, 16).Select(i => batches.At(i)).Sum(batch => batch.Inputs.Count(Bytes.PaddingToken!.Value));
        var read = Enumerable.Range(0, 16).Sum(i => batches.At(i).Tokens);
        Assert.True(filled < 0.1 * read, $"{filled} of {read}");
    }

    [Fact]
    public void Examples_that_are_too_long_are_left_out()
    {
        var batches = new TaskBatches(Mix, new(Bytes), 16, seed: 1) { LongestExample = 150 };
        Assert.All(Enumerable.Range(0, 16).Select(i => batches.At(i)), batch => Assert.InRange(batch.Length, 1, 149));
        var error = Assert.Throws<InvalidOperationException>(() => new TaskBatches(Mix, new(Bytes), 16, seed: 1) { LongestExample = 10 }.At(0));
        Assert.Contains("have at most 10 tokens", error.Message, StringComparison.Ordinal);
    }
}
