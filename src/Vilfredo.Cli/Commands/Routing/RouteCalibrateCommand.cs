using System.CommandLine;
using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Inference.Routing.Files;
using Vilfredo.Inference.Routing.Records;
using Vilfredo.Inference.Routing.Rules;
using Vilfredo.Statistics;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Routing;

/// <summary>The command <c>vilfredo route calibrate</c>.</summary>
internal static class RouteCalibrateCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("calibrate", "Set a router's rule: a wanted share, a bound on losses, a price of quality, or a quality.")
        {
            Details = "Thresholds are chosen on the calibration part and checked on the test part. With --max-loss and --alpha the threshold is chosen by conformal risk control: the probability that the weak candidate "
                + "answers although the strong one is better by more than the loss is at most alpha, on average over calibration samples and for prompts like these.",
            Examples =
            [
                new("vilfredo route calibrate router.json eval.yaml --strong-share 0.3", "The strong candidate answers about 30 % of the prompts"),
                new("vilfredo route calibrate router.json eval.yaml --alpha 0.1 --output safe.json", "At most 10 % of the prompts lose by being answered cheaply"),
                new("vilfredo route calibrate router.json eval.yaml --max-cost 2e-6", "The best that the money is enough for, on average"),
            ],
        };
        var router = new Argument<string>("router") { HelpName = "ROUTER.json", Description = "A router that 'vilfredo route train' wrote." };
        var file = RecordedInput.EvaluationFile();
        var storage = RecordedInput.Storage();
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where the router goes; over itself when left out." };
        var share = new Option<double?>("--strong-share") { HelpName = "SHARE", Description = "The share of prompts for the strong candidate, 0 to 1." };
        var alpha = new Option<double?>("--alpha") { HelpName = "P", Description = "The probability of a loss that is allowed, between 0 and 1." };
        var loss = new Option<double>("--max-loss") { HelpName = "X", Description = "With --alpha, the loss of quality that is allowed without limit.", DefaultValueFactory = _ => 0 };
        var lambda = new Option<double?>("--lambda") { HelpName = "X", Description = "The quality that a unit of cost must bring." };
        var quality = new Option<double?>("--quality") { HelpName = "Q", Description = "The quality that the cheapest candidate must be expected to reach, 0 to 1." };
        var most = new Option<double?>("--max-cost") { HelpName = "X", Description = "What an answer may cost on average." };
        var strong = new Option<string?>("--strong") { HelpName = "NAME", Description = "The strong candidate; the best one when left out." };
        var weak = new Option<string?>("--weak") { HelpName = "NAME", Description = "The weak candidate; the cheapest one when left out." };
        var json = OutputOptions.Json();
        command.Add(router);
        command.Add(file);
        foreach (var option in new Option[] { storage, output, share, alpha, loss, lambda, quality, most, strong, weak, json }) command.Add(option);
        command.Handle(async (parse, cancellation) =>
        {
            Option<double?>[] wanted = [share, alpha, lambda, quality, most];
            if (wanted.Count(option => parse.GetValue(option) is not null) != 1)
                throw new UserErrorException("one of --strong-share, --alpha, --lambda, --quality and --max-cost is needed", "For example --strong-share 0.3.");
            var path = parse.GetRequiredValue(router);
            var trained = RecordedInput.Router(path);
            var table = await RecordedInput.AnswersForAsync(trained, parse.GetRequiredValue(file), parse.GetRequiredValue(storage)).ConfigureAwait(false);
            var (calibration, test) = (table.Where(prompt => trained.Split.PartOf(prompt.Id) == PromptPart.Calibration), table.Where(prompt => trained.Split.PartOf(prompt.Id) == PromptPart.Test));
            if (calibration.Prompts.Count == 0)
                throw new UserErrorException("no prompt of the calibration part has an answer of every candidate", "Train with a share for --calibration, or answer more problems.");
            var pair = new ThresholdRule { Threshold = 0, Strong = parse.GetValue(strong) ?? (trained.Rule as ThresholdRule)?.Strong, Weak = parse.GetValue(weak) ?? (trained.Rule as ThresholdRule)?.Weak };
            var calibrated = await RuleAsync().ConfigureAwait(false);
            var target = parse.GetValue(output) ?? path;
            calibrated.Save(target);
            var seen = await CheckAsync(calibrated, calibration, pair, cancellation).ConfigureAwait(false);
            var held = test.Prompts.Count == 0 ? null : await CheckAsync(calibrated, test, pair, cancellation).ConfigureAwait(false);
            if (parse.GetValue(json))
            {
                terminal.WriteJson(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("router", target);
                    RuleText.WriteJson(writer, calibrated);
                    foreach (var (name, check) in new[] { ("calibration", seen), ("test", held) }.Where(one => one.Item2 is not null))
                    {
                        writer.WriteStartObject(name);
                        writer.WriteNumber("prompts", check!.Prompts);
                        writer.WriteNumber("strong_share", check.Share);
                        writer.WriteNumber("losses", check.Losses);
                        writer.WriteNumber("quality", check.Quality);
                        writer.WriteNumber("cost", check.Cost);
                        writer.WriteEndObject();
                    }

                    writer.WriteEndObject();
                });
            }
            else
            {
                terminal.Output.WriteLine($"Rule: {RuleText.Of(calibrated)}.");
                var costs = QuantityFormat.ForColumn(((Check?[])[seen, held]).OfType<Check>().Select(check => check.Cost), calibrated.CostUnit, 3);
                var shown = new TextTable(new("part"), new("prompts", true), new("strong %", true), new("95 % interval"), new("losses %", true), new("right %", true), new(costs.Label("cost"), true));
                foreach (var (name, check) in new[] { ("calibration", seen), ("test", held) }.Where(one => one.Item2 is not null))
                {
                    var interval = ProportionInterval.Wilson((int)Math.Round(check!.Share * check.Prompts), check.Prompts);
                    shown.Add([name, check.Prompts.ToString(CultureInfo.InvariantCulture), RouterOutput.Percent(check.Share), $"{RouterOutput.Percent(interval.Lower)} to {RouterOutput.Percent(interval.Upper)}", RouterOutput.Percent(check.Losses), RouterOutput.Percent(check.Quality), costs.Format(check.Cost)]);
                }

                shown.Write(terminal);
                terminal.Output.WriteLine("A loss: another candidate answers although the strong one is better by more than the allowance.");
            }

            terminal.WriteNote($"wrote {target}");
            return ExitCode.Success;

            async Task<RouterFile> RuleAsync()
            {
                var asPair = UserInput.Checked("--strong, --weak", () =>
                {
                    try
                    {
                        pair.Pair(trained.Measures);
                        return trained with { Rule = pair };
                    }
                    catch (FormatException error)
                    {
                        throw new ArgumentException(error.Message);
                    }
                });
                if (parse.GetValue(lambda) is { } price)
                    return trained with { Rule = UserInput.Checked("--lambda", () => new UtilityRule { Lambda = price }) };
                if (parse.GetValue(quality) is { } least)
                    return trained with { Rule = UserInput.Checked("--quality", () => new QualityTargetRule { Quality = least }) };
                if (parse.GetValue(most) is { } money)
                {
                    var predictions = await RouterFactory.PredictAsync(trained, calibration, cancellation: cancellation).ConfigureAwait(false);
                    return trained with { Rule = UserInput.Checked("--max-cost", () => BudgetCalibration.ForCost(predictions, trained.Measures, money)) };
                }

                var scores = await RouterFactory.WinProbabilitiesAsync(asPair, calibration, cancellation: cancellation).ConfigureAwait(false);
                if (parse.GetValue(share) is { } part)
                    return trained with { Rule = pair with { Threshold = UserInput.Checked("--strong-share", () => ThresholdCalibration.ForShare(scores, part)) } };
                var (dear, cheap) = pair.Pair(trained.Measures);
                // The cheap answer is accepted where the strong one is least likely to win.
                var chosen = UserInput.Checked("--alpha, --max-loss", () => ConformalRiskControl.Choose(
                    [.. scores.Select(score => -score)], [.. calibration.Quality.Select(row => row[dear] - row[cheap])], parse.GetValue(loss), parse.GetValue(alpha)!.Value));
                if (double.IsInfinity(chosen.Threshold))
                    terminal.WriteNote($"with {calibration.Prompts.Count} prompts for calibration nothing can be accepted at this bound, so the strong candidate answers everything; it takes at least {Math.Ceiling(1 / parse.GetValue(alpha)!.Value) - 1:0} prompts, and more with losses");
                return trained with { Rule = pair with { Threshold = double.IsInfinity(chosen.Threshold) ? 0 : Math.BitIncrement(-chosen.Threshold) } };
            }

            async Task<Check> CheckAsync(RouterFile ruled, RoutingTable part, ThresholdRule named, CancellationToken token)
            {
                var predictions = await RouterFactory.PredictAsync(ruled, part, cancellation: token).ConfigureAwait(false);
                var (dear, _) = named.Pair(ruled.Measures);
                int[] chosen = [.. predictions.Select(prediction => ruled.Rule.Rank(prediction, ruled.Measures)[0])];
                return new(
                    chosen.Length, chosen.Average(place => place == dear ? 1.0 : 0),
                    chosen.Select((place, prompt) => part.Quality[prompt][dear] - part.Quality[prompt][place] > parse.GetValue(loss) ? 1.0 : 0).Average(),
                    chosen.Select((place, prompt) => part.Quality[prompt][place]).Average(), chosen.Select((place, prompt) => part.Cost[prompt][place]).Average());
            }
        });
        return command;
    }

    private sealed record Check(int Prompts, double Share, double Losses, double Quality, double Cost);
}
