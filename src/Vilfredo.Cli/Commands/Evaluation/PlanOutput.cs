using System.Globalization;
using Vilfredo.Cli.Output;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Running;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Evaluation;

/// <summary>Shows what an evaluation would ask.</summary>
internal static class PlanOutput
{
    /// <summary>Writes the plan as a table, or as JSON.</summary>
    public static void Write(Terminal terminal, EvaluationDefinition definition, EvaluationPlan plan, bool json)
    {
        if (json)
        {
            terminal.WriteJson(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("evaluation", definition.Name);
                writer.WriteNumber("problems", definition.Problems.Count);
                writer.WriteNumber("repeats", definition.Repeats);
                writer.WriteNumber("answers", plan.Answers);
                writer.WriteNumber("recorded", plan.Recorded);
                WriteBounds(writer, plan.Calls, plan.Tokens, plan.Money);
                writer.WriteString("currency", definition.Currency);
                writer.WriteStartArray("points");
                foreach (var point in plan.Points)
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", point.Point.Name);
                    writer.WriteNumber("fewest_calls", point.FewestCalls);
                    WriteBounds(writer, point.MostCalls, point.MostTokens, point.MostMoney);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        terminal.Output.WriteLine($"{definition.Name}: {definition.Problems.Count} problems, {definition.Repeats} {(definition.Repeats == 1 ? "answer" : "answers")} each: {definition.Tasks}");
        if (definition.Search is { } search)
            terminal.Output.WriteLine($"A search with {search.Sampler.Name}: {search.Trials} points, each at most as dear as the dearest of its space");
        var table = new TextTable(new("point"), new("calls, fewest", true), new("calls, most", true), new("tokens, most", true), new($"{definition.Currency}, most", true)) { Title = "Nothing was asked. At most:" };
        foreach (var point in plan.Points.DistinctBy(point => point.Point.Name))
            table.Add([point.Point.Name, Whole(point.FewestCalls), Whole(point.MostCalls), Whole(point.MostTokens), Money(point.MostMoney)]);
        table.Add(["all", Whole(plan.Points.Sum(point => point.FewestCalls)), Whole(plan.Calls), Whole(plan.Tokens), Money(plan.Money)], emphasized: true);
        table.Write(terminal);
        if (plan.Recorded > 0)
            terminal.Output.WriteLine($"{plan.Recorded} of {plan.Answers} answers are recorded already and will not be asked for again.");
        if (definition.Total is { } total && total != Inference.Budgets.Budget.Unlimited)
            terminal.Output.WriteLine($"The total budget stops it at: {string.Join(", ", Limits(total))}.");
        if (definition.Racing is not null)
            terminal.Output.WriteLine("Racing will give up points that are almost surely dominated, so that it may take less.");
        if (definition.SharesCalls)
            terminal.Output.WriteLine("Equal calls are made once, so that it may take less.");
    }

    private static IEnumerable<string> Limits(Inference.Budgets.Budget budget)
    {
        if (budget.Calls is { } calls) yield return $"{calls} calls";
        if (budget.InputTokens is { } input) yield return $"{input} input tokens";
        if (budget.OutputTokens is { } output) yield return $"{output} output tokens";
        if (budget.TotalTokens is { } tokens) yield return $"{tokens} tokens";
        if (budget.Money is { } money) yield return money.ToString();
        if (budget.Time is { } time) yield return Vilfredo.IO.Durations.Format(time);
    }

    private static void WriteBounds(System.Text.Json.Utf8JsonWriter writer, long? calls, long? tokens, double? money)
    {
        if (calls is { } most) writer.WriteNumber("most_calls", most);
        if (tokens is { } read) writer.WriteNumber("most_tokens", read);
        if (money is { } paid) writer.WriteNumber("most_money", paid);
    }

    private static string Whole(long? number) => number is { } known ? known.ToString("N0", CultureInfo.InvariantCulture) : "no bound";

    private static string Money(double? money) => money is { } known ? QuantityFormat.Significant(known, 3) : "unknown";
}
