namespace Vilfredo.Studies.Tests.Pruning;

public class CommandPruningTests
{
    [Fact]
    public void A_command_is_ended_as_soon_as_a_line_of_its_output_is_not_good_enough()
    {
        var definition = StudyDocument.Parse(
            """
            name: training
            knobs: { slow: { type: integer, low: 0, high: 1 } }
            objectives: { loss: { direction: minimize, from: { regex: 'final (\S+)' } } }
            shell: 'echo epoch 1 loss {slow}; echo noise; if [ {slow} = 1 ]; then sleep 100; fi; echo epoch 1 loss 0; echo final {slow}'
            intermediate: 'epoch (?<step>\d+) loss (?<loss>\S+)'
            pruner: { name: asha, reduction: 2 }
            sampler: grid
            budget: { trials: 2 }
            """, "study.yaml");
        Assert.Equal(definition.Command!.Intermediate, StudyDocument.Parse(StudyDocument.Serialize(definition), "again").Command!.Intermediate);
        Assert.Equal("asha", StudyDocument.Parse(StudyDocument.Serialize(definition), "again").Pruner!.Name);
        using var study = Study.Create(definition);
        using var evaluator = new Vilfredo.Studies.Execution.CommandEvaluator();
        study.Run(evaluator);
        var trials = study.Read(s => s.Trials.ToArray());
        Assert.Equal([TrialState.Completed, TrialState.Pruned], trials.Select(trial => trial.State));
        Assert.Equal([1L], trials[1].Reports.Select(report => report.Step));
        Assert.Contains("step 1", trials[1].Outcome!.Reason, StringComparison.Ordinal);
        Assert.True(trials[1].Outcome!.Duration < TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("loss (?<loss>.*)", "step")]
    [InlineData("(?<step>.*)", "loss")]
    [InlineData("(", "(")]
    public void A_pattern_that_cannot_work_is_refused(string pattern, string message)
    {
        var error = Assert.ThrowsAny<Exception>(() => StudyDocument.Parse(
            $$"""
            name: training
            objectives: { loss: { from: wall_time } }
            command: [true]
            intermediate: '{{pattern}}'
            """, "study.yaml"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
