using System.CommandLine;
using Vilfredo.Cli.Commands.Studies;
using Vilfredo.Cli.Errors;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Recording;
using Vilfredo.Inference.Evaluation.Results;
using Vilfredo.Inference.Evaluation.Running;
using Vilfredo.Inference.Routing.Files;
using Vilfredo.Inference.Routing.Records;
using Vilfredo.Inference.Strategies.Routing;
using Vilfredo.Studies;
using Vilfredo.Studies.Yaml;

namespace Vilfredo.Cli.Commands.Routing;

/// <summary>Reads what the commands of <c>vilfredo route</c> work on.</summary>
internal static class RecordedInput
{
    /// <summary>The argument that names the evaluation file.</summary>
    public static Argument<string> EvaluationFile() => new("evaluation file") { HelpName = "EVAL.yaml", Description = "The evaluation whose answers are recorded." };

    /// <summary>The option that names the file of answers.</summary>
    public static Option<string> Storage()
    {
        var storage = StudyStore.Option();
        storage.Description = "The file in which 'vilfredo evaluate' keeps answers.";
        return storage;
    }

    /// <summary>Reads an evaluation file.</summary>
    /// <exception cref="UserErrorException">It cannot be read or does not make sense.</exception>
    public static EvaluationDefinition Definition(string path)
    {
        try
        {
            return InputFile.Open(path, Inference.Evaluation.Definition.EvaluationFile.Load);
        }
        catch (YamlFileException error)
        {
            throw new UserErrorException(string.Join("\nvilfredo: ", error.Mistakes), "The keys of an evaluation file are listed in docs/evaluation.md.");
        }
    }

    /// <summary>The recorded answers of an evaluation's points, routers left out.</summary>
    /// <exception cref="UserErrorException">There are none, or their cost is not kept.</exception>
    public static async Task<RoutingTable> AnswersAsync(EvaluationDefinition definition, string evaluation, string storage, CostMeasure cost)
    {
        if (cost == CostMeasure.Energy)
            throw new UserErrorException("the energy of single answers is not kept, so a router cannot be trained on it", "Give --cost, such as --cost tokens.");
        if (!File.Exists(storage))
            throw new UserErrorException($"{storage}: no such file", $"Record answers with 'vilfredo evaluate {evaluation}' first, or name their file with --storage.");
        try
        {
            await using var store = new EvaluationStore(storage, definition.Name);
            var answers = EvaluationRun.Recorded(definition, [.. definition.Points.Where(point => point.Strategy != RouterStrategy.Definition.Name)], store);
            return answers.All(point => point.Answers.All(repeats => repeats.Count == 0))
                ? throw new UserErrorException($"{storage} has no answers of {evaluation}", $"Record them with 'vilfredo evaluate {evaluation} --storage {storage}' first; answers belong to models, knobs, prompts and seed as they are in the file.")
                : RoutingTable.Of(definition, answers, cost);
        }
        catch (StudyStorageException error)
        {
            throw StudyStore.Explain(error);
        }
    }

    /// <summary>Reads a router's file.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or is no router.</exception>
    public static RouterFile Router(string path)
    {
        try
        {
            return InputFile.Open(path, RouterFile.Load);
        }
        catch (FormatException error)
        {
            throw new UserErrorException(error.Message.TrimEnd('.'), "'vilfredo route train EVAL.yaml' writes such a file.");
        }
    }

    /// <summary>The answers of a router's candidates, on prompts that all of them have answered.</summary>
    /// <exception cref="UserErrorException">A candidate has none.</exception>
    public static async Task<RoutingTable> AnswersForAsync(RouterFile router, string evaluation, string storage)
    {
        var table = await AnswersAsync(Definition(evaluation), evaluation, storage, router.Cost).ConfigureAwait(false);
        return UserInput.Checked(evaluation, () => table.Of([.. router.Candidates.Select(candidate => candidate.Point.Name)])).Complete();
    }

    /// <summary>The cost that is named.</summary>
    /// <exception cref="UserErrorException">There is no such cost.</exception>
    public static CostMeasure CostNamed(string name) => Enum.GetValues<CostMeasure>().Where(cost => EvaluationStudy.NameOf(cost) == name).Cast<CostMeasure?>().FirstOrDefault()
        ?? throw new UserErrorException($"--cost: there is no cost '{name}'", $"There are {string.Join(", ", Enum.GetValues<CostMeasure>().Select(EvaluationStudy.NameOf))}.");
}
