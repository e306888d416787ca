using System.CommandLine;
using System.Text.Json;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Inference.Routing.Featurization;
using Vilfredo.Inference.Routing.Files;
using Vilfredo.Inference.Routing.Predictors;
using Vilfredo.Inference.Routing.Records;
using Vilfredo.Inference.Routing.Rules;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Routing;

/// <summary>The command <c>vilfredo route train</c>.</summary>
internal static class RouteTrainCommand
{
    private static readonly Dictionary<string, RouterKind> Kinds = new(StringComparer.Ordinal)
    {
        ["logistic"] = RouterKind.Logistic,
        ["svm"] = RouterKind.SupportVector,
        ["mlp"] = RouterKind.Perceptron,
        ["mf"] = RouterKind.MatrixFactorization,
        ["knn"] = RouterKind.Neighbors,
        ["elo"] = RouterKind.SimilarityRating,
        ["routerdc"] = RouterKind.Contrastive,
        ["graph"] = RouterKind.Graph,
        ["rules"] = RouterKind.Complexity,
        ["constant"] = RouterKind.Constant,
        ["random"] = RouterKind.Random,
    };

    /// <summary>How a kind of router is called.</summary>
    public static string NameOf(RouterKind kind) => Kinds.First(pair => pair.Value == kind).Key;

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("train", "Train a router on recorded answers.")
        {
            Details = "Prompts are divided by a hash into training, calibration and test, so that a prompt keeps its part. The router reads hashed character n-grams and statistics of the prompt; no model is needed. "
                + "Kinds: logistic (logistic regression), svm (linear, Platt's scaling), mlp (one hidden layer), mf (matrix factorisation), knn (nearest neighbours), elo (similarity-weighted ratings), "
                + "routerdc (dual contrastive), graph (a network on the graph of prompts and candidates), rules (a scale of the "
                + "complexity alone), constant and random (which others must beat).",
            Examples =
            [
                new("vilfredo route train eval.yaml", "Between the points on the frontier of the training part"),
                new("vilfredo route train eval.yaml --kind knn --candidates 'small:greedy | small:vote:n=17'", "Between two points, by nearest neighbours"),
            ],
        };
        var file = RecordedInput.EvaluationFile();
        var storage = RecordedInput.Storage();
        var output = new Option<string>("--output") { HelpName = "FILE", Description = "Where the router goes.", DefaultValueFactory = _ => "router.json" };
        var kind = new Option<string>("--kind") { HelpName = "KIND", Description = "What predicts.", DefaultValueFactory = _ => "logistic" };
        kind.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var candidates = new Option<string?>("--candidates") { HelpName = "NAMES", Description = "Points of the evaluation with '|' between them; its frontier on the training part when left out." };
        var cost = new Option<string?>("--cost") { HelpName = "COST", Description = "What counts as cost: money, tokens, latency, critical_path, critical_tokens; the evaluation's when left out." };
        var buckets = new Option<int>("--buckets") { HelpName = "N", Description = "Buckets of the hashed n-grams.", DefaultValueFactory = _ => HashedFeatures.DefaultBuckets };
        var training = new Option<double>("--training") { HelpName = "SHARE", Description = "The share of prompts for training.", DefaultValueFactory = _ => 0.5 };
        var calibration = new Option<double>("--calibration") { HelpName = "SHARE", Description = "The share of prompts for calibration; the rest is for the test.", DefaultValueFactory = _ => 0.25 };
        var neighbors = new Option<int?>("--neighbors") { HelpName = "N", Description = "Of knn and graph: how many count." };
        var penalty = new Option<double?>("--penalty") { HelpName = "X", Description = "Of logistic: how strongly weights are held back." };
        var epochs = new Option<int?>("--epochs") { HelpName = "N", Description = "Of mlp, mf, routerdc and graph: passes over the prompts." };
        var seed = new Option<ulong>("--seed") { HelpName = "N", Description = "Of the split and of everything drawn.", DefaultValueFactory = _ => 1 };
        var json = OutputOptions.Json();
        command.Add(file);
        foreach (var option in new Option[] { storage, output, kind, candidates, cost, buckets, training, calibration, neighbors, penalty, epochs, seed, json }) command.Add(option);
        command.Handle(async (parse, cancellation) =>
        {
            var path = parse.GetRequiredValue(file);
            var split = UserInput.Checked("--training, --calibration", () => new PromptSplit { Seed = parse.GetValue(seed), Training = parse.GetValue(training), Calibration = parse.GetValue(calibration) });
            if (split.Training + split.Calibration > 1)
                throw new UserErrorException("--training and --calibration are together above 1", "Leave a share for the test, such as 0.5 and 0.25.");
            var settings = UserInput.Checked("route train", () =>
            {
                var defaults = new RouterTraining { Kind = Kinds[parse.GetRequiredValue(kind)], Seed = parse.GetValue(seed) };
                return defaults with
                {
                    Neighbors = parse.GetValue(neighbors) ?? defaults.Neighbors,
                    Penalty = parse.GetValue(penalty) ?? defaults.Penalty,
                    Epochs = parse.GetValue(epochs) ?? defaults.Epochs,
                };
            });
            var definition = RecordedInput.Definition(path);
            var measure = parse.GetValue(cost) is { } named ? RecordedInput.CostNamed(named) : definition.FrontierCost;
            var features = UserInput.Checked("--buckets", () =>
            {
                _ = new HashedFeatures(parse.GetValue(buckets));
                return FeatureSettings.Hashed(parse.GetValue(buckets));
            });
            var table = await RecordedInput.AnswersAsync(definition, path, parse.GetRequiredValue(storage), measure).ConfigureAwait(false);
            IReadOnlyList<string> names = parse.GetValue(candidates) is { } given
                ? given.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                : RouterFactory.FrontierOf(table.Where(prompt => split.PartOf(prompt.Id) == PromptPart.Training));
            var chosen = UserInput.Checked("--candidates", () => table.Of(names)).Complete();
            RouterFile router;
            try
            {
                router = await RouterFactory.TrainAsync(definition, chosen, measure, settings, split, features, cancellation: cancellation).ConfigureAwait(false);
            }
            catch (ArgumentException error)
            {
                throw UserErrorException.From(path, error);
            }

            router.Save(parse.GetRequiredValue(output));
            if (parse.GetValue(json)) terminal.WriteJson(writer => WriteJson(writer, router, chosen, parse.GetRequiredValue(output)));
            else Write(terminal, router, chosen);
            terminal.WriteNote($"wrote {parse.GetRequiredValue(output)}");
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(Terminal terminal, RouterFile router, RoutingTable table)
    {
        var costs = QuantityFormat.ForColumn(router.Candidates.Select(candidate => candidate.Cost), router.CostUnit, 3);
        var output = new TextTable(new("candidate"), new("right %", true), new(costs.Label("cost"), true), new("latency [s]", true))
        {
            Title = $"{NameOf(router.Training.Kind)} router of {router.Candidates.Count} candidates, trained on {router.TrainingPrompts} of {table.Prompts.Count} prompts ({router.Tasks})",
        };
        foreach (var candidate in router.Candidates)
            output.Add([candidate.Point.Name, (100 * candidate.Quality).ToString("0.0"), costs.Format(candidate.Cost), QuantityFormat.Significant(candidate.Seconds, 3)]);
        output.Write(terminal);
        terminal.Output.WriteLine($"Its rule: {RuleText.Of(router)}.");
        terminal.Output.WriteLine("'vilfredo route evaluate' judges it on prompts that it has not seen; 'vilfredo route calibrate' sets another rule.");
    }

    private static void WriteJson(Utf8JsonWriter json, RouterFile router, RoutingTable table, string path)
    {
        json.WriteStartObject();
        json.WriteString("router", path);
        json.WriteString("kind", NameOf(router.Training.Kind));
        json.WriteString("evaluation", router.Evaluation);
        json.WriteNumber("prompts", table.Prompts.Count);
        json.WriteNumber("training_prompts", router.TrainingPrompts);
        json.WriteString("cost_unit", router.CostUnit);
        RuleText.WriteJson(json, router);
        json.WriteStartArray("candidates");
        foreach (var candidate in router.Candidates)
        {
            json.WriteStartObject();
            json.WriteString("name", candidate.Point.Name);
            json.WriteNumber("quality", candidate.Quality);
            json.WriteNumber("cost", candidate.Cost);
            json.WriteNumber("seconds", candidate.Seconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
