using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Results;
using Vilfredo.Inference.Routing.Cascading;
using Vilfredo.Inference.Routing.Records;
using Vilfredo.Inference.Strategies.Cascades;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Routing;

/// <summary>The command <c>vilfredo route cascade</c>.</summary>
internal static class RouteCascadeCommand
{
    private static readonly CascadeMethod[] Methods = [CascadeMethod.Pomdp, CascadeMethod.SingleThreshold, CascadeMethod.DoubleThreshold];

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("cascade", "Fit the decision of a cascade of two tiers to recorded answers.")
        {
            Details = "The cheap tier alone, the cheap tier with a score of its answer, and the dear tier are three points of the evaluation. The score is the confidence that a vote has, or that of a cascade of one tier with "
                + "'check_last: true'. The policy is fitted on a part of the prompts and judged on the others; nothing is asked. Methods, as in AutoMix: pomdp (scores are noisy observations of which tiers are right), threshold "
                + "and double (thresholds by search). Without --lambda and --max-cost the IBC lift is what is looked for: quality for each unit of cost beyond the cheap tier's, against that of the dear tier.",
            Examples =
            [
                new("vilfredo route cascade eval.yaml --cheap small:single --scored small:verified --dear large:single", "When to trust the small model, into cascade.json"),
                new("vilfredo route cascade eval.yaml --cheap m:vote --dear m:long --method threshold --max-cost 2e-6", "By the share of a vote, within a mean cost"),
            ],
        };
        var file = RecordedInput.EvaluationFile();
        var storage = RecordedInput.Storage();
        var cheap = new Option<string>("--cheap") { HelpName = "NAME", Description = "The point of the cheap tier.", Required = true };
        var scored = new Option<string?>("--scored") { HelpName = "NAME", Description = "The point of the cheap tier with a score of its answer; the cheap tier's own confidence when left out." };
        var dear = new Option<string>("--dear") { HelpName = "NAME", Description = "The point of the dear tier.", Required = true };
        var method = new Option<string>("--method") { HelpName = "METHOD", Description = "How decisions follow from scores.", DefaultValueFactory = _ => CascadeFit.NameOf(CascadeMethod.Pomdp) };
        method.AcceptOnlyFromAmong([.. Methods.Select(CascadeFit.NameOf)]);
        var lambda = new Option<double?>("--lambda") { HelpName = "X", Description = "The quality that a unit of cost must bring." };
        var most = new Option<double?>("--max-cost") { HelpName = "X", Description = "What an answer may cost on average." };
        var bins = new Option<int>("--bins") { HelpName = "N", Description = "Of pomdp: into how many bins scores go at most, 1 to 100.", DefaultValueFactory = _ => VerifierModel.DefaultBins };
        var cost = new Option<string?>("--cost") { HelpName = "COST", Description = "What counts as cost: money, tokens, latency, critical_path, critical_tokens; the evaluation's when left out." };
        var training = new Option<double>("--training") { HelpName = "SHARE", Description = "The share of prompts to fit on; the policy is judged on the rest.", DefaultValueFactory = _ => 0.5 };
        var output = new Option<string>("--output") { HelpName = "FILE", Description = "Where the policy goes.", DefaultValueFactory = _ => "cascade.json" };
        var seed = new Option<ulong>("--seed") { HelpName = "N", Description = "Of the split and of the bootstrap.", DefaultValueFactory = _ => 1 };
        var json = OutputOptions.Json();
        command.Add(file);
        foreach (var option in new Option[] { storage, cheap, scored, dear, method, lambda, most, bins, cost, training, output, seed, json }) command.Add(option);
        command.Handle(async (parse, cancellation) =>
        {
            if (parse.GetValue(lambda) is not null && parse.GetValue(most) is not null)
                throw new UserErrorException("--lambda and --max-cost cannot both be given", "A price of quality and a mean cost are two ways to say what is wanted.");
            if (parse.GetValue(bins) is not (>= 1 and <= 100))
                throw new UserErrorException($"--bins is {parse.GetValue(bins)}; it must be from 1 to 100");
            var objective = UserInput.Checked<CascadeObjective>("--lambda, --max-cost", () =>
                parse.GetValue(lambda) is { } price ? new CascadeObjective.Utility(price) : parse.GetValue(most) is { } limit ? new CascadeObjective.Within(limit) : new CascadeObjective.Lift());
            if (parse.GetValue(training) is not (> 0 and < 1))
                throw new UserErrorException($"--training is {parse.GetValue(training).ToString(CultureInfo.InvariantCulture)}; it must be between 0 and 1", "What is not fitted on is what the policy is judged on.");
            var split = new PromptSplit { Seed = parse.GetValue(seed), Training = parse.GetValue(training), Calibration = 0 };
            var path = parse.GetRequiredValue(file);
            var definition = RecordedInput.Definition(path);
            var measure = parse.GetValue(cost) is { } named ? RecordedInput.CostNamed(named) : definition.FrontierCost;
            var answers = await RecordedInput.AnswersAsync(definition, path, parse.GetRequiredValue(storage), measure).ConfigureAwait(false);
            var names = (Cheap: parse.GetRequiredValue(cheap), Scored: parse.GetValue(scored) ?? parse.GetRequiredValue(cheap), Dear: parse.GetRequiredValue(dear));
            var table = UserInput.Checked("--cheap, --scored, --dear", () => CascadeTable.Of(answers, names.Cheap, names.Scored, names.Dear));
            var (part, held) = (table.Where(prompt => split.PartOf(prompt.Id) == PromptPart.Training), table.Where(prompt => split.PartOf(prompt.Id) != PromptPart.Training));
            if (part.Count < 10 || held.Count < 2)
                throw new UserErrorException($"{part.Count} prompts are to fit on and {held.Count} to judge on; at least 10 and 2 are needed", "Answer more problems, or take another --training.");
            var points = definition.Points.ToDictionary(point => point.Name, StringComparer.Ordinal);
            var (accept, samples, judging) = ScoreOf(points[names.Scored], points[names.Cheap]);
            var policy = UserInput.Checked(path, () => CascadeFit.Fit(part, Methods.First(one => CascadeFit.NameOf(one) == parse.GetRequiredValue(method)), objective, accept, samples, parse.GetValue(bins))) with
            {
                Fitted = $"{definition.Name}: {names.Scored} > {names.Dear}, {part.Count} prompts",
            };
            policy.Save(parse.GetRequiredValue(output));
            var report = CascadeReport.Of(held, policy, new(parse.GetValue(seed)));
            var unit = EvaluationStudy.UnitOf(measure, definition.Currency);
            var entry = $"- {{ strategy: cascade, tiers: \"{TierOf(points[names.Cheap])} > {TierOf(points[names.Dear])}\", accept: {accept}{judging}, policy: {parse.GetRequiredValue(output)} }}";
            if (parse.GetValue(json)) terminal.WriteJson(writer => WriteJson(writer, policy, report, names, part.Count, unit, parse.GetRequiredValue(output)));
            else Write(terminal, policy, report, names, part.Count, unit, entry);
            terminal.WriteNote($"wrote {parse.GetRequiredValue(output)}");
            return ExitCode.Success;
        });
        return command;
    }

    // Which acceptor a point's confidence is the score of, and what of it an entry of an evaluation file must repeat.
    private static (string Accept, int Samples, string Judging) ScoreOf(EvaluatedPoint point, EvaluatedPoint cheap)
    {
        if (point.Name == cheap.Name)
            return ("confidence", 1, "");
        if (point.Strategy != CascadeStrategy.Definition.Name)
            throw new UserErrorException($"--scored: '{point.Name}' is another way to answer than '{cheap.Name}'", "It must be the cheap tier with a score: a cascade of this one tier with 'check_last: true'; leave it out for a tier that says itself how sure it is, such as a vote.");
        var knobs = new KnobValues(CascadeStrategy.Definition, point.Knobs);
        if (knobs.Text("tiers")!.Contains('>') || !knobs.Flag("check_last") || knobs.Text("policy") is not null)
            throw new UserErrorException($"--scored: '{point.Name}' is a cascade that may ask another tier", "Its score must be that of the cheap tier alone: a cascade of one tier with 'check_last: true'.");
        var tier = StrategyPoint.Parse(knobs.Text("tiers")!);
        if ((tier.Model ?? point.Model) != cheap.Model || tier.Strategy != cheap.Strategy || !tier.Knobs.OrderBy(knob => knob.Key, StringComparer.Ordinal).SequenceEqual(cheap.Knobs.OrderBy(knob => knob.Key, StringComparer.Ordinal)))
            throw new UserErrorException($"--scored: '{point.Name}' scores the answers of '{tier.Name}', which is not '{cheap.Name}'", "Its one tier must have the model, the strategy and the knobs of the cheap tier.");
        var repeated = point.Knobs.Where(knob => knob.Key == "samples" || knob.Key.StartsWith("judge_", StringComparison.Ordinal) || knob.Key == "answer");
        return (knobs.Text("accept")!, knobs.Integer("samples"), string.Concat(repeated.Select(knob => $", {knob.Key}: {knob.Value}")));
    }

    private static string TierOf(EvaluatedPoint point) => string.Join(':', [point.Model, point.Strategy, .. point.Knobs.Select(knob => $"{knob.Key}={knob.Value}")]);

    private static void Write(Terminal terminal, CascadePolicy policy, CascadeReport report, (string Cheap, string Scored, string Dear) names, int fitted, string unit, string entry)
    {
        var costs = QuantityFormat.ForColumn([report.Cheap.Cost, report.Dear.Cost, report.Cascade.Cost, report.Oracle.Cost], unit, 3);
        var table = new TextTable(new("who answers"), new("right %", true), new(costs.Label("cost"), true), new("goes up %", true))
        {
            Title = $"cascade fitted by {policy.Method} on {fitted} prompts, judged on {report.Prompts} others",
        };
        table.Add([names.Cheap, RouterOutput.Percent(report.Cheap.Quality), costs.Format(report.Cheap.Cost), ""]);
        table.Add([names.Dear, RouterOutput.Percent(report.Dear.Quality), costs.Format(report.Dear.Cost), ""]);
        table.Add(["cascade", RouterOutput.Percent(report.Cascade.Quality), costs.Format(report.Cascade.Cost), RouterOutput.Percent(report.Escalated)], emphasized: true);
        table.Add(["draws at its cost", RouterOutput.Percent(report.Draws), costs.Format(report.Cascade.Cost), ""]);
        table.Add(["oracle", RouterOutput.Percent(report.Oracle.Quality), costs.Format(report.Oracle.Cost), ""]);
        table.Write(terminal);
        terminal.Output.WriteLine($"Decision: {Decision(policy)}.");
        var over = report.OverDraws;
        terminal.Output.WriteLine(
            $"The cascade against draws at its cost: {RouterOutput.Points(over)}, {RouterOutput.Verdict(over)}. "
            + $"IBC lift {(double.IsFinite(report.Lift) ? RouterOutput.Signed(report.Lift) + " %" : "undefined, since the dear tier is not both better and dearer here")}.");
        terminal.Output.WriteLine("In an evaluation file:");
        terminal.Output.WriteLine("  " + entry);
    }

    private static string Decision(CascadePolicy policy)
    {
        if (policy.Start != CascadeStart.Verify)
            return policy.Start == CascadeStart.Keep ? "the cheap answer is kept without a score, which is not worth its cost" : "the dear tier answers at once";
        // Neighbouring pieces with one decision are said as one.
        var kept = new List<string>();
        for (var piece = 0; piece < policy.Keeps.Count; piece++)
        {
            if (!policy.Keeps[piece])
                continue;
            var first = piece;
            while (piece + 1 < policy.Keeps.Count && policy.Keeps[piece + 1]) piece++;
            var (low, high) = (first == 0 ? null : Number(policy.Edges[first - 1]), piece == policy.Edges.Count ? null : Number(policy.Edges[piece]));
            kept.Add((low, high) switch { (null, null) => "of every score", (null, _) => $"below {high}", (_, null) => $"from {low} on", _ => $"from {low} to below {high}" });
        }

        return kept.Count == 0 ? "every question goes up after its score" : $"answers with scores {string.Join(" or ", kept)} are kept, others go up";
    }

    private static void WriteJson(Utf8JsonWriter json, CascadePolicy policy, CascadeReport report, (string Cheap, string Scored, string Dear) names, int fitted, string unit, string path)
    {
        json.WriteStartObject();
        json.WriteString("policy", path);
        json.WriteString("method", policy.Method);
        json.WriteString("accept", policy.Accept);
        json.WriteNumber("samples", policy.Samples);
        json.WriteString("start", JsonNamingPolicy.SnakeCaseLower.ConvertName(policy.Start.ToString()));
        json.WriteStartArray("edges");
        foreach (var edge in policy.Edges) json.WriteNumberValue(edge);
        json.WriteEndArray();
        json.WriteStartArray("keeps");
        foreach (var keep in policy.Keeps) json.WriteBooleanValue(keep);
        json.WriteEndArray();
        json.WriteNumber("fitted_prompts", fitted);
        json.WriteNumber("prompts", report.Prompts);
        json.WriteString("cost_unit", unit);
        foreach (var (name, called, point) in new[] { ("cheap", names.Cheap, report.Cheap), ("dear", names.Dear, report.Dear), ("cascade", names.Scored, report.Cascade), ("oracle", "", report.Oracle) })
        {
            json.WriteStartObject(name);
            if (called.Length > 0)
                json.WriteString("name", called);
            json.WriteNumber("quality", point.Quality);
            json.WriteNumber("cost", point.Cost);
            json.WriteEndObject();
        }

        json.WriteNumber("escalated", report.Escalated);
        json.WriteNumber("draws_at_its_cost", report.Draws);
        RouterOutput.WriteInterval(json, "over_draws_at_its_cost", report.OverDraws);
        if (double.IsFinite(report.Lift))
            json.WriteNumber("ibc_lift", report.Lift);
        json.WriteEndObject();
    }

    private static string Number(double value) => QuantityFormat.Significant(value, 6);
}
