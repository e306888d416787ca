using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Providers;
using Vilfredo.Studies.Yaml;

namespace Vilfredo.Inference.Tests.Evaluation;

public sealed class EvaluationFileTests : IDisposable
{
    private const string Models = "models: [{ name: m, endpoint: \"http://127.0.0.1:1/v1\", price: { input: 1, output: 2 } }]\n";
    private const string Tasks = "tasks: [{ family: arithmetic, difficulty: 1, count: 3 }]\n";

    private readonly EvaluationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_says_models_strategies_budgets_and_tasks()
    {
        var definition = _folder.Load("""
            name: whole
            models:
              - { name: far, endpoint: "https://api.example.com/v1", id: big-1, key: API_KEY, price: { input: 0.5, output: 2, cached_input: 0.1 }, timeout: 30 s, retries: 5, concurrency: 4, watts: 300 }
              - { folder: ., price: 0 }
            currency: EUR
            budget: { tokens: 4000 }
            strategies:
              - single
              - { name: vote, strategy: majority_voting, n: [2, 4], temperature: 0.8, models: far, budget: { money: 0.01, time: 5 s } }
            tasks:
              - { family: chain, difficulty: 1-2, count: 6, split: validation, seed: 3 }
              - { file: questions.jsonl, check: numeric, prompt: "Q: {question}" }
            repeats: 2
            total: { calls: 100 }
            quality: pass@2
            cost: latency
            cache: true
            racing: { round: 5, level: 0.9 }
            """.Replace("questions.jsonl", Questions(), StringComparison.Ordinal));
        var far = definition.Models[0].Definition;
        Assert.Equal((ModelKind.OpenAI, "big-1", "API_KEY", 0.1, TimeSpan.FromSeconds(30), 5, 4), (far.Kind, far.Id, far.KeyVariable, far.Price!.CachedInputPerMillion, far.Timeout, far.Retries, far.MaximumConcurrency));
        Assert.Equal(300, definition.Models[0].Watts);
        Assert.Equal((ModelKind.Local, 0), (definition.Models[1].Definition.Kind, definition.Models[1].Definition.Price!.OutputPerMillion));
        var local = definition.Models[1].Definition.Name;
        Assert.Equal(["far:single", $"{local}:single", "far:vote:n=2", "far:vote:n=4"], definition.Points.Select(point => point.Name));
        Assert.Equal(4000, definition.Points[0].Budget.TotalTokens);
        Assert.Equal((new Money(0.01, "EUR"), TimeSpan.FromSeconds(5)), (definition.Points[2].Budget.Money!.Value, definition.Points[2].Budget.Time!.Value));
        Assert.Equal(8, definition.Problems.Count);
        Assert.Equal(["chain 1", "chain 2"], definition.Problems.Take(2).Select(problem => problem.Group));
        Assert.StartsWith("Q: How many", definition.Problems[6].Prompt, StringComparison.Ordinal);
        Assert.Equal((QualityKind.PassAtK, 2, CostMeasure.Latency, true, 5, 0.9), (definition.Quality.Kind, definition.Quality.K, definition.FrontierCost, definition.SharesCalls, definition.Racing!.Round, definition.Racing.Level));
    }

    [Fact]
    public void Ranges_are_grids_that_end_where_they_say()
    {
        var definition = _folder.Load(Models + Tasks + """
            strategies:
              - { strategy: majority_voting, n: { from: 1, to: 20, times: 2 }, temperature: { from: 0.1, to: 1, step: 0.3 } }
            """);
        Assert.Equal(["1", "2", "4", "8", "16"], definition.Strategies[0].Knobs[0].Values);
        Assert.Equal(["0.1", "0.4", "0.7", "1"], definition.Strategies[0].Knobs[1].Values);
        Assert.Equal(20, definition.Points.Count);
    }

    [Theory]
    [InlineData("strategies: [majority_votin]", ":3: there is no strategy 'majority_votin'; did you mean 'majority_voting'?")]
    [InlineData("strategies: [{ strategy: majority_voting, m: 3 }]", ":3: a strategy has the unknown key 'm'")]
    [InlineData("strategies: [{ strategy: majority_voting, n: [2, 0] }]", ":3: The knob 'n' of the strategy 'majority_voting' is '0'; it must be a whole number from 1 to 1024")]
    [InlineData("strategies: [{ strategy: majority_voting, n: { from: 4, to: 2 } }]", ":3: the range of 'n' does not make sense")]
    [InlineData("strategies: [{ strategy: majority_voting, n: { from: 1, to: 8, times: 1 } }]", ":3: the range of 'n' does not make sense")]
    [InlineData("strategies: [single, single]", ":3: two points are called 'm:single'")]
    [InlineData("strategies: [{ strategy: single, models: other }]", ":3: there is no model 'other'; there are: m.")]
    [InlineData("strategies: [single]\nquality: pass@3", "'quality: pass@3' needs at least 3 repeats, and 'repeats' is 1.")]
    [InlineData("strategies: [single]\nquality: bleu", ":4: 'quality' is 'bleu'; it must be accuracy, pass@K")]
    [InlineData("strategies: [single]\ncost: energy", ":4: 'cost: energy' needs the power of every model's machine")]
    [InlineData("strategies: [single]\nbaseline: m:vote", ":4: there is no point 'm:vote'; there are: m:single.")]
    [InlineData("strategies: [single]\nrepeats: 0", ":4: 'repeats' is 0; it must be at least 1.")]
    [InlineData("strategies: [single]\nsearch: { sampler: nsga9, trials: 3 }", ":4: there is no sampler 'nsga9'")]
    [InlineData("strategies: [single]\nnonsense: 1", ":4: the evaluation file has the unknown key 'nonsense'")]
    [InlineData("strategies: [single]\nprompt: Answer!", ":4: 'prompt' needs {question}")]
    public void A_mistake_is_told_with_its_line_and_what_is_allowed(string rest, string expected) =>
        Assert.Contains(expected, Assert.Throws<YamlFileException>(() => _folder.Load(Models + Tasks + rest)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[{ name: m }]", "a model has either a 'folder' (in this process) or an 'endpoint'")]
    [InlineData("[{ name: m, endpoint: nowhere }]", "'nowhere' is no address")]
    [InlineData("[{ name: m, folder: missing }]", "there is no folder")]
    [InlineData("[{ name: m, endpoint: \"http://x/v1\", price: { input: -1, output: 2 } }]", "'input' is -1; it must be at least 0.")]
    [InlineData("[{ name: m, endpoint: \"http://x/v1\", runtime_profile: none/such }]", "there is no runtime profile 'none/such'")]
    [InlineData("[{ name: m, endpoint: \"http://x/v1\" }, { name: m, endpoint: \"http://x/v1\" }]", "the model 'm' is there twice")]
    public void A_model_that_cannot_be_called_is_a_mistake(string models, string expected) =>
        Assert.Contains(expected, Assert.Throws<YamlFileException>(() => _folder.Load($"models: {models}\nstrategies: [single]\n" + Tasks)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ family: arithmetics }", "there is no family 'arithmetics'")]
    [InlineData("{ family: chain, difficulty: 0-2 }", "'difficulty' is '0-2'")]
    [InlineData("{ family: chain, split: dev }", "'split' is 'dev'; it must be one of train, validation, test.")]
    [InlineData("{ file: none.jsonl }", "none.jsonl")]
    [InlineData("{ file: q.jsonl, check: fuzzy }", "'check' is 'fuzzy'")]
    [InlineData("{ file: q.jsonl, check: pattern }", "'check: pattern' needs a 'pattern'")]
    [InlineData("{ count: 3 }", "a task needs 'file'")]
    public void A_task_that_cannot_be_asked_is_a_mistake(string task, string expected) =>
        Assert.Contains(expected, Assert.Throws<YamlFileException>(() => _folder.Load(Models + "strategies: [single]\n" + $"tasks: [{task}]")).Message, StringComparison.Ordinal);

    [Fact]
    public void Budgets_in_money_need_prices()
    {
        var error = Assert.Throws<YamlFileException>(() => _folder.Load("models: [{ name: m, endpoint: \"http://x/v1\" }]\nstrategies: [single]\ntotal: { money: 1 }\n" + Tasks));
        Assert.Contains("m has none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(3, Assert.Throws<YamlFileException>(() => _folder.Load("models: [{ name: m }]\nstrategies: [none_such]\nrepeats: -1\n" + Tasks)).Mistakes.Count);

    private string Questions()
    {
        _folder.With("questions.jsonl", "{\"question\": \"How many?\", \"answer\": 12}\n{\"question\": \"How many more?\", \"answer\": \"3.5\"}\n");
        return "questions.jsonl";
    }
}
