using Microsoft.Extensions.AI;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Recording;
using Vilfredo.Inference.Evaluation.Running;

namespace Vilfredo.Inference.Tests.Evaluation;

/// <summary>A temporary folder with the files of an evaluation.</summary>
internal sealed class EvaluationFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("vilfredo-evaluation-").FullName;

    public string Database => PathOf("answers.db");

    public string PathOf(string name) => Path.Combine(_path, name);

    public EvaluationFolder With(string name, string content)
    {
        File.WriteAllText(PathOf(name), content);
        return this;
    }

    public EvaluationDefinition Load(string yaml) => EvaluationFile.Load(With("eval.yaml", yaml).PathOf("eval.yaml"));

    public async Task<EvaluationOutcome> RunAsync(EvaluationDefinition definition, IChatClient client, EvaluationRunOptions? options = null, CancellationToken cancellation = default)
    {
        await using var store = new EvaluationStore(Database, definition.Name);
        return await EvaluationRun.RunAsync(definition, _ => client, store, options, cancellation);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
