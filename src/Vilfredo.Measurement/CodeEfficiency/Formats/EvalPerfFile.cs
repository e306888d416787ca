using Vilfredo.IO;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Measurement.CodeEfficiency.Formats;

/// <summary>
/// Results of EvalPerf (arXiv 2408.06450) as JSON: one model's file of the published evaluator, or a board that joins many models.
/// Solution texts are not kept.
/// </summary>
public static class EvalPerfFile
{
    /// <summary>Reads one model's results: <c>eval</c> with dps, dps_norm and pass@1 per task.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What the text is called in messages.</param>
    /// <param name="model">The model's name, which the file does not hold.</param>
    /// <exception cref="InputFormatException">The text is no such file.</exception>
    public static ModelScores ReadModel(string json, string source, string model)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        var tasks = JsonRecord.Parse(json.AsMemory(), source).Object("eval");
        return tasks.Checked(() => new ModelScores(model, [.. tasks.Names.Select(name => Task(name, tasks.Object(name), "pass@1"))]));
    }

    /// <summary>
    /// Reads a board: <c>results</c> by model and task with dps, dps_norm, pass_at_1 and the matched reference of each profiled
    /// sample, and <c>tasks</c> with the number of references and their scores, null where unknown.
    /// </summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What the text is called in messages.</param>
    /// <exception cref="InputFormatException">The text is no such file.</exception>
    public static EvalPerfBoard ReadBoard(string json, string source)
    {
        ArgumentNullException.ThrowIfNull(json);
        var root = JsonRecord.Parse(json.AsMemory(), source);
        var (results, tasks) = (root.Object("results"), root.Object("tasks"));
        var references = tasks.Names.ToDictionary(name => name, name => tasks.Object(name).Integer("n_references"));
        List<ModelScores> models = [];
        Dictionary<(string, string), IReadOnlyList<int>> rungs = [];
        foreach (var name in results.Names)
        {
            var model = results.Object(name);
            models.Add(model.Checked(() => new ModelScores(name, [.. model.Names.Select(task => Task(task, model.Object(task), "pass_at_1"))])));
            foreach (var task in model.Names)
            {
                if (!references.TryGetValue(task, out var count)) throw model.Problem($"model \"{name}\" has a task \"{task}\" that \"tasks\" does not have");
                var matched = model.Object(task).Integers("cluster");
                if (matched.Any(rung => rung < -1 || rung >= count))
                    throw model.Problem($"model \"{name}\", task \"{task}\": a matched reference is outside -1 to {count - 1}");
                rungs.Add((name, task), matched);
            }
        }

        return new EvalPerfBoard(models, references, rungs);
    }

    private static TaskScore Task(string name, JsonRecord task, string passRate) =>
        new(name, task.Number(passRate) / 100, task.OptionalNumber("dps"), task.OptionalNumber("dps_norm"));
}
