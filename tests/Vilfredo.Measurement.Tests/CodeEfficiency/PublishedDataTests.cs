using Vilfredo.IO;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;
using Vilfredo.Measurement.CodeEfficiency.Formats;

namespace Vilfredo.Measurement.Tests.CodeEfficiency;

/// <summary>Whole files of the benchmarks, which are not part of the project.</summary>
public class PublishedDataTests
{
    [Fact]
    public void HumanEval_has_164_problems_with_solutions_and_tests()
    {
        var problems = CodeProblemFile.Read(SharedData.File("humaneval/HumanEval.jsonl.gz"));
        Assert.Equal(164, problems.Count);
        Assert.Equal("has_close_elements", problems[0].EntryPoint);
        Assert.All(problems, problem => Assert.True(problem is { Language: "python", CanonicalSolution.Length: > 0, Tests.Length: > 0 }));
    }

    [Fact]
    public void The_csharp_files_have_161_and_968_problems_of_which_725_have_a_solution()
    {
        var translated = CodeProblemFile.Read(SharedData.File("humaneval-csharp/HumanEval_csharp_v1.jsonl"));
        Assert.Equal(161, translated.Count);
        Assert.All(translated, problem => Assert.Equal(("csharp", null), (problem.Language, problem.CanonicalSolution)));
        var basic = CodeProblemFile.Read(SharedData.File("mbpp-csharp/mbcsp_release_v1.2.jsonl"));
        Assert.Equal(968, basic.Count);
        Assert.Equal(725, basic.Count(problem => problem.CanonicalSolution is not null));
    }

    [Fact]
    public void ENAMEL_counts_142_of_164_problems_with_four_sizes_each()
    {
        using var reader = CsvReader.Open(SharedData.File("enamel/enamel_tasks.csv"));
        var problems = EnamelProblemFile.Read(reader);
        Assert.Equal(164, problems.Count);
        Assert.Equal(142, problems.Count(problem => problem.IsCounted));
        Assert.All(problems, problem => Assert.Equal(4, problem.LevelSizes.Count));
    }

    [Fact]
    public void The_board_of_EvalPerf_comes_out_of_its_own_tasks()
    {
        var path = SharedData.File("evalperf-leaderboard/per_task.json");
        var board = EvalPerfFile.ReadBoard(File.ReadAllText(path), path);
        Assert.Equal(34, board.Models.Count);
        Assert.Equal(118, board.References.Count);
        Assert.Equal(897, board.References.Values.Sum());
        Assert.All(board.Models, model => Assert.Equal(118, model.Tasks.Count));
        foreach (var model in board.Models)
        {
            foreach (var task in model.Tasks.Where(task => task.Normalized.HasValue))
                Assert.Equal(task.Normalized!.Value, board.Normalized(model.Model, task.Task)!.Value, 1e-5);
        }

        var rates = ModelComparison.ModelWinRates(board.Models);
        var best = board.Models.Single(model => model.Model.Contains("gpt-4o-2024-08-06", StringComparison.Ordinal));
        Assert.Equal(1, rates[board.Models.ToList().IndexOf(best)]);
        Assert.Equal(87.8, best.Score!.Value, 0.05);
        Assert.Equal(82.2, best.Normalized!.Value, 0.05);
        Assert.Equal(0.867, best.PassRate, 0.0005);
        Assert.Equal(3, ModelComparison.Frontier(board.Models).NonDominated.Count);
        Assert.Equal(36, ModelComparison.OrderChanges(board.Models).Count);
    }
}
