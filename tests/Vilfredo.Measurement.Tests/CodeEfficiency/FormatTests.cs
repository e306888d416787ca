using System.IO.Compression;
using System.Text;
using CsCheck;
using Vilfredo.IO;
using Vilfredo.Measurement.CodeEfficiency.Estimators;
using Vilfredo.Measurement.CodeEfficiency.Formats;

namespace Vilfredo.Measurement.Tests.CodeEfficiency;

public class FormatTests
{
    private const string HumanEval = """{"task_id": "HumanEval/7", "prompt": "def f():\n", "entry_point": "f", "canonical_solution": "    pass", "test": "check"}""";
    private const string Mxeval = """{"task_id": "MBCSP/1", "prompt": "class P {", "entry_point": "F", "canonical_solution": null, "test": "}", "language": "CSharp", "description": "do it"}""";
    private const string Mbpp = """{"task_id": 602, "text": "Say it.", "code": "def g(): pass", "test_list": ["assert g() is None", "assert True"], "test_setup_code": "import os"}""";
    private const string Sanitized = """{"task_id": 603, "prompt": "Say it.", "code": "def g(): pass", "test_list": ["assert True"], "test_imports": ["import re", "import os"]}""";

    private static List<CodeProblem> Problems(params string[] lines) => [.. CodeProblemFile.Read(new StringReader(string.Join('\n', lines)), "file")];

    private static string Message(params string[] lines) => Assert.Throws<InputFormatException>(() => Problems(lines)).Message;

    [Fact]
    public void All_layouts_give_one_kind_of_problem()
    {
        var problems = Problems(HumanEval, "", Mxeval, Mbpp, Sanitized);
        Assert.Equal(["HumanEval/7", "MBCSP/1", "Mbpp/602", "Mbpp/603"], problems.Select(problem => problem.Id));
        Assert.Equal(["python", "csharp", "python", "python"], problems.Select(problem => problem.Language));
        Assert.Equal(["f", "F", null, null], problems.Select(problem => problem.EntryPoint));
        Assert.Equal(["    pass", null, "def g(): pass", "def g(): pass"], problems.Select(problem => problem.CanonicalSolution));
        Assert.Equal("import os\nassert g() is None\nassert True", problems[2].Tests);
        Assert.Equal("import re\nimport os\nassert True", problems[3].Tests);
        Assert.Equal("do it", problems[1].Description);
        Assert.Equal("Say it.", problems[2].Prompt);
    }

    [Fact]
    public void A_bad_line_is_named_by_file_and_number()
    {
        Assert.StartsWith("file:3: this is not JSON: ", Message(HumanEval, "", "{"), StringComparison.Ordinal);
        Assert.StartsWith("file:2: read a list, expected an object", Message(HumanEval, "[1]"), StringComparison.Ordinal);
        Assert.StartsWith("file:1: there is no \"prompt\"", Message("{\"task_id\": \"a\"}"), StringComparison.Ordinal);
        Assert.StartsWith("file:1: \"entry_point\" is 7, expected a text", Message(HumanEval.Replace("\"f\"", "7", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("file:1: \"test_list[1]\" is null, expected a text", Message(Mbpp.Replace("\"assert True\"", "null", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("file:3: problem \"HumanEval/7\" is on line 1 already", Message(HumanEval, Mbpp, HumanEval), StringComparison.Ordinal);
        Assert.StartsWith("file:1: this is not JSON: ", Message("{\"a\": 1, \"a\": 2}"), StringComparison.Ordinal);
        Assert.StartsWith("file:1: longer than", Message(new string(' ', CodeProblemFile.MaximumLineLength + 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Garbage_is_a_format_error_and_nothing_else() => Gen.String.Sample(text =>
    {
        try
        {
            Assert.Empty(CodeProblemFile.Read(new StringReader(text), "file"));
        }
        catch (InputFormatException error)
        {
            Assert.StartsWith("file:", error.Message, StringComparison.Ordinal);
        }
    }, iter: 1000);

    [Fact]
    public void Files_ending_in_gz_are_unpacked_and_damaged_ones_named()
    {
        var folder = Directory.CreateTempSubdirectory("vilfredo-test-");
        try
        {
            var path = Path.Combine(folder.FullName, "problems.jsonl.gz");
            using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest)) packed.Write(Encoding.UTF8.GetBytes(HumanEval));
            Assert.Equal("HumanEval/7", Assert.Single(CodeProblemFile.Read(path)).Id);
            File.WriteAllText(path, HumanEval);
            Assert.Contains(":1: the compressed data is damaged", Assert.Throws<InputFormatException>(() => CodeProblemFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Samples_are_programs_or_completions()
    {
        CodeSample[] Read(string text) => [.. CodeSampleFile.Read(new StringReader(text), "file")];
        Assert.Equal(
            [new CodeSample("a", "x", true, null), new CodeSample("a", "y", false, true), new CodeSample("Mbpp/3", "z", false, false)],
            Read("""
                {"task_id": "a", "completion": "x"}
                {"task_id": "a", "solution": "y", "passed": true}
                {"task_id": 3, "solution": "z", "passed": false}
                """));
        string Error(string text) => Assert.Throws<InputFormatException>(() => Read(text)).Message;
        Assert.StartsWith("file:1: there is neither", Error("""{"task_id": "a"}"""), StringComparison.Ordinal);
        Assert.StartsWith("file:1: there are both", Error("""{"task_id": "a", "solution": "x", "completion": "x"}"""), StringComparison.Ordinal);
        Assert.StartsWith("file:1: \"passed\" is a text, expected true or false", Error("""{"task_id": "a", "solution": "x", "passed": "yes"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_layouts_of_ENAMEL_give_sizes_by_level()
    {
        CodeProblem[] Read(string text) => [.. EnamelProblemFile.Read(new CsvReader(new StringReader(text), "file"))];
        var own = Assert.Single(Read("task_id,prompt,entry_point,reference_solution,input_levels\nHumanEval/0,\"def f():\n\",f,\"  x\n\",20 100 10000\n"));
        Assert.Equal([20L, 100, 10_000], own.LevelSizes);
        Assert.Equal(("def f():\n", "  x\n", true), (own.Prompt, own.CanonicalSolution, own.IsCounted));
        var reduced = Read("task_id,entry_point,in_enamel_set,size_level0,size_level1\na,f,1,10,20\nb,g,0,30,40\n");
        Assert.Equal([true, false], reduced.Select(problem => problem.IsCounted));
        Assert.Equal([30L, 40], reduced[1].LevelSizes);

        string Error(string text) => Assert.Throws<InputFormatException>(() => Read(text)).Message;
        Assert.StartsWith("file:1: there is no column \"input_levels\"", Error("task_id,entry_point\na,f\n"), StringComparison.Ordinal);
        Assert.StartsWith("file:2: \"x\" is not a size", Error("task_id,entry_point,input_levels\na,f,10 x\n"), StringComparison.Ordinal);
        Assert.StartsWith("file:3: task_id: \"a\" comes a second time", Error("task_id,entry_point,input_levels\na,f,10\na,f,10\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_of_ENAMEL_become_scores()
    {
        const string passes = """{"0": [true, false], "3": [true]}""", levels = """{"0": [[0, 1, 0.5, 0], [0, 0, 0, 0]], "3": [[0, 1, 1, 1.5]]}""";
        var problems = EnamelResultFile.Read(passes, levels, "run");
        Assert.Equal([0.45, 0], problems[0].Scores);
        Assert.Equal(1.2, problems[1].Scores[0], 1e-15);
        Assert.Equal([1, 1], problems.Select(problem => problem.Correct));
        var points = EfficiencyAtK.Evaluate(problems, [1], new RandomGenerator(1), new() { Resamples = 100 });
        Assert.Equal((0.225 + 1.2) / 2, points[0].Efficiency.Estimate, 1e-15);

        Assert.StartsWith(
            "run:1: problem \"0\" has 1 passes but scores of 2 samples",
            Assert.Throws<InputFormatException>(() => EnamelResultFile.Read("""{"0": [true]}""", levels, "run")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "4 levels, expected 2", Assert.Throws<InputFormatException>(() => EnamelResultFile.Read(passes, levels, "run", [1, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_of_EvalPerf_become_model_scores()
    {
        var model = EvalPerfFile.ReadModel(
            """{"date": "now", "eval": {"a": {"dps": 80, "dps_norm": 70, "pass@1": 50, "results": []}, "b": {"dps": null, "dps_norm": null, "pass@1": 10}}}""", "file", "m");
        Assert.Equal((80.0, 70.0, 0.3, 1), (model.Score!.Value, model.Normalized!.Value, model.PassRate, model.Entered));
        string Error(string text) => Assert.Throws<InputFormatException>(() => EvalPerfFile.ReadModel(text, "file", "m")).Message;
        Assert.StartsWith("file:1: there is no \"eval\"", Error("{}"), StringComparison.Ordinal);
        Assert.StartsWith("file:1: \"eval.a.pass@1\" is a text, expected a number", Error("""{"eval": {"a": {"pass@1": "x"}}}"""), StringComparison.Ordinal);
        Assert.StartsWith("file:1: Model 'm', task 'a'", Error("""{"eval": {"a": {"pass@1": 500}}}"""), StringComparison.Ordinal);
        Assert.StartsWith("file:2: this is not JSON", Error("{\n]"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_board_keeps_scores_and_matched_references()
    {
        const string text = """
            {"tasks": {"a": {"n_references": 4, "scores": [null, 100]}},
             "results": {"m": {"a": {"dps": 60, "dps_norm": 50, "pass_at_1": 100, "cluster": [3, -1, 1]}}}}
            """;
        var board = EvalPerfFile.ReadBoard(text, "file");
        Assert.Equal((100 + 0 + 50) / 3.0, board.Normalized("m", "a"));
        Assert.Equal(60, Assert.Single(board.Models).Score);
        string Error(string from, string to) =>
            Assert.Throws<InputFormatException>(() => EvalPerfFile.ReadBoard(text.Replace(from, to, StringComparison.Ordinal), "file")).Message;
        Assert.StartsWith("file:1: model \"m\", task \"a\": a matched reference is outside -1 to 3", Error("[3,", "[4,"), StringComparison.Ordinal);
        Assert.StartsWith("file:1: \"results.m.a.cluster[0]\" is 1.5, expected a whole number", Error("[3,", "[1.5,"), StringComparison.Ordinal);
        Assert.StartsWith("file:1: \"results.m.a.dps\" is 1e999, expected a number within", Error("60", "1e999"), StringComparison.Ordinal);
        Assert.StartsWith("file:1: model \"m\" has a task \"a\"", Error("{\"a\": {\"n_ref", "{\"b\": {\"n_ref"), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_results_are_format_errors_and_nothing_else()
    {
        const string model = """{"eval": {"a": {"dps": 80, "dps_norm": 70, "pass@1": 50}, "b": {"dps": null, "dps_norm": null, "pass@1": 10}}}""";
        const string board = """{"tasks": {"a": {"n_references": 4}}, "results": {"m": {"a": {"dps": 60, "dps_norm": 50, "pass_at_1": 100, "cluster": [3, -1]}}}}""";
        const string passes = """{"0": [true, false]}""", levels = """{"0": [[0, 1, 0.5, 0], [0, 0, 0, 0]]}""";
        Gen.Select(Gen.Int[0, 10_000], Gen.Char['!', '~']).Sample((place, replacement) =>
        {
            string Damage(string text) => text[..(place % text.Length)] + replacement + text[(place % text.Length + 1)..];
            foreach (var read in (Action[])
                [
                    () => EvalPerfFile.ReadModel(Damage(model), "file", "m"),
                    () => EvalPerfFile.ReadBoard(Damage(board), "file"),
                    () => EnamelResultFile.Read(Damage(passes), levels, "file"),
                    () => EnamelResultFile.Read(passes, Damage(levels), "file"),
                ])
            {
                if (Record.Exception(read) is { } error) Assert.IsType<InputFormatException>(error);
            }
        }, iter: 3000);
    }
}
