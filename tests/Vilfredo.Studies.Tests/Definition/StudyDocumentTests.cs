using Vilfredo.IO;
using Vilfredo.Studies.Execution;
using Vilfredo.Studies.Yaml;

namespace Vilfredo.Studies.Tests.Definition;

public class StudyDocumentTests
{
    private const string Full = """
        name: full
        knobs:
          tool: { choices: [gzip, xz] }
          level: { type: integer, low: 1, high: 9, step: 2, default: 3 }
          rate: { low: 1e-5, high: 0.1, log: true }
          grid: { type: float, low: 0, high: 1, step: 0.25 }
          extreme: { choices: [no, yes], when: tool == 'xz' and level > 3 }
          passes: { items: [a, b, c], separator: "+", default: c+a+b }
        objectives:
          size: { direction: minimize, unit: bytes, from: { file_size: "{trial_directory}/out" } }
          accuracy: { direction: maximize, from: { json: $.metrics.accuracy } }
          loss: { from: { regex: 'loss=([0-9.]+)', match: first, stream: both } }
        metrics:
          money: { unit: USD, from: { regex: 'cost (?<value>\S+)' } }
        constraints: [rate * level <= 0.5, "size < 1e6"]
        command: ["{tool}", "-{level}", { when: extreme == 'yes', args: [--extreme, "{rate:0.0e0}"] }]
        setup: [make, data]
        environment: { LEVEL: "{level}" }
        stdin: in.bin
        stdout: "{trial_directory}/out"
        time_limit: 30 s
        sampler: { name: rnsga2, epsilon: 0.01, order_crossover: edge_recombination, order_mutation: swap }
        preference:
          reference_points: [{ size: 1e3, accuracy: 0.9, loss: 0.1 }, { size: 1e4, accuracy: 0.95, loss: 0.1 }]
          weights: { size: 1, accuracy: 2 }
          ranges: { size: { max: 1e6 }, accuracy: { min: 0.5, max: 1 } }
        budget:
          trials: 40
          time: 5 min
          cost: { money: 2.5 }
          target: { accuracy: 0.99 }
          hypervolume: { at_least: 5, reference_point: { size: 1e6, accuracy: 0, loss: 1 } }
          stagnation: { trials: 30, tolerance: 0.01 }
        repeats: { auto: true, per_trial: 2, maximum: 7 }
        parallelism: 2
        seed: 7
        deterministic: true
        """;

    [Fact]
    public void Every_key_reaches_the_definition()
    {
        var study = StudyDocument.Parse(Full, "full.yaml");
        Assert.Equal(["tool", "level", "rate", "grid", "extreme", "passes"], study.Space.Knobs.Select(k => k.Name));
        Assert.Equal(KnobValue.Integer(3), study.Space.Find("level")!.Default);
        Assert.True(((FloatKnob)study.Space.Find("rate")!).Log);
        Assert.Equal(new OrderKnob("passes", ["a", "b", "c"], "+") { Default = KnobValue.Choice("c+a+b") }, study.Space.Find("passes"));
        Assert.Equal(("rnsga2", 0.01), (study.Sampler.Name, Assert.Single(study.Sampler.Options).Value));
        Assert.Equal(("edge_recombination", "swap"), (study.Sampler.Choices["order_crossover"], study.Sampler.Choices["order_mutation"]));
        Assert.Equal("tool == 'xz' and level > 3", study.Space.Find("extreme")!.When!.Text);
        Assert.Equal([Direction.Minimize, Direction.Maximize, Direction.Minimize], study.Objectives.Select(o => o.Objective.Direction));
        Assert.Equal(new RegexSource("loss=([0-9.]+)", null, MatchChoice.First, OutputStream.Both), study.Objectives[2].Source);
        Assert.Equal("rate * level <= 0.5", Assert.Single(study.Space.Constraints).Text);
        Assert.Equal("size < 1e6", Assert.Single(study.MeasuredConstraints).Text);
        Assert.Equal(TimeSpan.FromSeconds(30), study.TimeLimit);
        Assert.Equal((40, TimeSpan.FromMinutes(5), 2.5), (study.Budget.Trials, study.Budget.Time, study.Budget.Costs["money"]));
        Assert.Equal((0.99, 30, 0.01), (study.Budget.Target["accuracy"], study.Budget.Stagnation!.Trials, study.Budget.Stagnation.Tolerance));
        Assert.Equal((5, 1e6), (study.Budget.Hypervolume!.AtLeast, study.Budget.Hypervolume.ReferencePoint["size"]));
        Assert.Equal([1e3, 1e4], study.Preference!.ReferencePoints.Select(point => point["size"]));
        Assert.Equal((2, new ObjectiveRange(0.5, 1), new ObjectiveRange(Maximum: 1e6)), (study.Preference.Weights["accuracy"], study.Preference.Ranges["accuracy"], study.Preference.Ranges["size"]));
        Assert.Equal((true, 2, 7), (study.Repeats.Auto, study.Repeats.PerTrial, study.Repeats.Maximum));
        Assert.Equal((2, 7UL, true), (study.Parallelism, study.Seed, study.Deterministic));
    }

    [Fact]
    public void What_is_written_reads_back_to_the_same_text()
    {
        var text = StudyDocument.Serialize(StudyDocument.Parse(Full, "full.yaml"));
        Assert.Equal(text, StudyDocument.Serialize(StudyDocument.Parse(text, "again")));
    }

    [Theory]
    [InlineData("knobs: { x: { low: 2, high: 1 } }", 1, "low 2 is above high 1; swap them")]
    [InlineData("knobs:\n  x: { low: 0, high: 1, hihg: 2 }", 2, "unknown key 'hihg'; did you mean 'high'?")]
    [InlineData("knobs:\n  x: { low: 0 }", 2, "needs 'high'")]
    [InlineData("knobs:\n  x: { low: a, high: 1 }", 2, "must be a finite number, not a")]
    [InlineData("knobs:\n  x: { low: 1e400, high: 1 }", 2, "must be a finite number, not 1e400")]
    [InlineData("knobs:\n  x: { low: nan, high: 1 }", 2, "must be a finite number, not nan")]
    [InlineData("knobs:\n  x: { type: order }", 2, "needs 'items'")]
    [InlineData("knobs:\n  x: { items: [a, a] }", 2, "twice")]
    [InlineData("preference: { wish: { a: 1 } }", 1, "unknown key 'wish'")]
    [InlineData("preference: { ranges: { a: { most: 1 } } }", 1, "unknown key 'most'")]
    [InlineData("budget: { hypervolume: { at_least: 1 } }", 1, "needs 'reference_point'")]
    [InlineData("budget: { stagnation: { tolerance: 1 } }", 1, "needs 'trials'")]
    [InlineData("budget: { target: 3 }", 1, "must be a mapping")]
    [InlineData("knobs:\n  x: { type: real, low: 0, high: 1 }", 2, "unknown type 'real'; choose float, integer, categorical or order")]
    [InlineData("knobs:\n  x: { low: 0, high: 1, log: true }", 2, "needs low above 0")]
    [InlineData("knobs:\n  x: { type: integer, low: 0.5, high: 1 }", 2, "must be a whole number, not 0.5")]
    [InlineData("knobs:\n  x: { choices: [a, a] }", 2, "lists the choice 'a' twice")]
    [InlineData("knobs:\n  x: { choices: [a], when: y == 1 }", 1, "uses 'y', which is no earlier knob")]
    [InlineData("knobs:\n  x: { choices: [a], when: 'y ==' }", 2, "is not a formula")]
    [InlineData("knobs:\n  x: { type: integer, low: 1, high: 3, default: 9 }", 1, "default 9 is outside its range")]
    [InlineData("knobs: [a]", 1, "must be a mapping")]
    [InlineData("constraints: ['z < 1']", 1, "uses 'z', which is no knob, objective or metric")]
    [InlineData("sampler: nsga9", 1, "There is no sampler 'nsga9'; choose one of")]
    [InlineData("sampler: { name: random, population: 4 }", 1, "has no option 'population'")]
    [InlineData("sampler: { name: nsga2, order_crossover: edges }\nknobs: { x: { low: 0, high: 1 } }", 1, "must be one of order, partially_mapped, edge_recombination, not 'edges'")]
    [InlineData("sampler: { name: nsga2, order_mutation: [swap] }", 1, "must be a single value")]
    [InlineData("sampler: { name: gde3, order_mutation: swap }", 1, "has no option 'order_mutation'")]
    [InlineData("sampler: { name: nsga3, extreme_points: raws }\nknobs: { x: { low: 0, high: 1 } }", 1, "must be one of scaled, raw, not 'raws'")]
    [InlineData("budget: { trials: 0 }", 1, "must be at least 1, not 0")]
    [InlineData("budget: { cost: { money: 1 } }", 1, "limits 'money', which is no objective or metric")]
    [InlineData("time_limit: soon", 1, "must be a duration above 0")]
    [InlineData("repeats: 0", 1, "must be at least 1, not 0")]
    [InlineData("parallelism: 0", 1, "must be at least 1")]
    [InlineData("deterministic: maybe", 1, "must be true or false, not maybe")]
    [InlineData("command: ['{nob}']", 1, "uses {nob}, which is no knob")]
    [InlineData("command: [a]\nshell: b", 1, "either 'command'")]
    [InlineData("command: [a]", 1, "objective 'f' needs 'from'")]
    [InlineData("command: ['{']", 1, "brace")]
    [InlineData("bugdet: {}", 1, "unknown key 'bugdet'; did you mean 'budget'?")]
    [InlineData("metrics: { f: {} }", 1, "The name 'f' is used twice")]
    public void A_mistake_is_reported_with_its_line_and_the_mend(string lines, int line, string message)
    {
        var text = lines + "\nname: s\nobjectives: { f: {} }\n";
        var error = Assert.Throws<YamlFileException>(() => StudyDocument.Parse(text, "s.yaml"));
        var mistake = Assert.Single(error.Mistakes, m => m.Contains(message, StringComparison.Ordinal));
        Assert.True(mistake.StartsWith($"s.yaml:{line}:", StringComparison.Ordinal) || line == 1, mistake);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_in_the_order_of_lines()
    {
        var error = Assert.Throws<YamlFileException>(() => StudyDocument.Parse("seed: x\nname: s\nobjectives: {}\nparallelism: y", "s.yaml"));
        Assert.Equal(["s.yaml:1", "s.yaml:4"], error.Mistakes.Select(m => m[..8]).Where(m => m is "s.yaml:1" or "s.yaml:4"));
    }

    [Theory]
    [InlineData("a: [1", "not valid YAML")]
    [InlineData("", "holds 0")]
    [InlineData("just text", "must be a mapping")]
    [InlineData("a: 1\na: 2", "not valid YAML")]
    public void Text_that_is_no_study_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<YamlFileException>(() => StudyDocument.Parse(text, "s.yaml")).Message);

    [Theory]
    [InlineData("500 ms", 0.5)]
    [InlineData("10", 10)]
    [InlineData("1.5 min", 90)]
    [InlineData("2h", 7200)]
    public void Durations_are_read_as_people_write_them(string text, double seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("-1 s")]
    [InlineData("0")]
    [InlineData("1e400 s")]
    [InlineData("ten")]
    [InlineData("")]
    public void Other_durations_are_refused(string text) => Assert.False(Durations.TryParse(text, out _));
}
