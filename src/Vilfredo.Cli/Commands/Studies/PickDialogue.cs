using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Output;
using Vilfredo.IO;
using Vilfredo.Studies;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>A choice in a dialogue: limits, wishes and steps along the frontier, one line at a time, until it fits.</summary>
/// <remarks>
/// Everything but the choice itself goes to standard error. Lines may come from a terminal, where a prompt asks for them, or from a file or pipe, where none does.
/// </remarks>
internal sealed class PickDialogue
{
    private const int MostRows = 30;

    private const string Help = """
        cost<=5, accuracy>=0.9    a limit; without a number it is lifted
        better cost               a step to a point that is better in an objective and gives up least
        wish cost=1,accuracy=0.9  the nearest to aspiration levels, one for every objective
        weights cost=1,accuracy=3 how much each objective counts
        best cost                 the best in one objective
        knee                      where a step to either side costs most
        points                    the points within the limits
        undo, reset               back by one step, or to the beginning
        done, quit                take the choice, or none
        """;

    private readonly Terminal terminal;
    private readonly TextReader input;
    private readonly StudyFrontier frontier;
    private readonly Stack<Situation> past = new();
    private Situation now;

    // What was asked for last goes on to hold when limits change.
    private sealed record Situation(double?[] Limits, Func<double?[], StudyChoice> Method, StudyChoice Choice);

    /// <summary>Starts from a choice.</summary>
    /// <param name="terminal">Where the dialogue is shown.</param>
    /// <param name="input">Where lines come from.</param>
    /// <param name="frontier">A frontier that is not empty.</param>
    /// <param name="limits">The limits to begin with, one per objective.</param>
    /// <param name="method">The choice to begin with, for any limits.</param>
    public PickDialogue(Terminal terminal, TextReader input, StudyFrontier frontier, double?[] limits, Func<double?[], StudyChoice> method)
    {
        this.terminal = terminal;
        this.input = input;
        this.frontier = frontier;
        now = new(limits, method, method(limits));
    }

    /// <summary>Talks until a choice is taken; the end of the input takes it too.</summary>
    /// <param name="prompts">Whether to ask for each line, as on a terminal.</param>
    /// <returns>The choice, or <see langword="null"/> when none is wanted.</returns>
    public StudyChoice? Run(bool prompts)
    {
        ShowPoints();
        Show(null);
        while (true)
        {
            if (prompts) terminal.Error.Write("pick (? for help)> ");
            if (input.ReadLine() is not { } line) return now.Choice;
            switch (line.Trim())
            {
                case "":
                    break;
                case "done":
                    return now.Choice;
                case "quit":
                    return null;
                default:
                    Obey(line.Trim());
                    break;
            }
        }
    }

    private void Obey(string line)
    {
        var before = now;
        try
        {
            var (word, rest) = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, var second] ? (first, second) : (line, "");
            switch (word)
            {
                case "?" or "help":
                    terminal.Error.WriteLine(Help);
                    return;
                case "points":
                    ShowPoints();
                    return;
                case "undo":
                    if (past.Count == 0) throw new UserErrorException("there is nothing to undo");
                    now = past.Pop();
                    break;
                case "reset":
                    while (past.Count > 0) now = past.Pop();
                    break;
                case "knee":
                    By(limits => StudyChoice.Knee(frontier, limits));
                    break;
                case "best":
                    var best = ObjectiveValues.IndexOf(word, rest, frontier.Objectives);
                    By(limits => StudyChoice.Best(frontier, limits, best));
                    break;
                case "weights":
                    var weights = ObjectiveValues.ParseWeights(word, Commas(rest), frontier.Objectives);
                    By(limits => StudyChoice.ByWeights(frontier, limits, weights));
                    break;
                case "wish":
                    var wish = ObjectiveValues.ParseAll(word, Commas(rest), frontier.Objectives);
                    By(limits => StudyChoice.ByReferencePoint(frontier, limits, wish));
                    break;
                case "better":
                    Step(ObjectiveValues.IndexOf(word, rest, frontier.Objectives));
                    break;
                default:
                    Limit(line);
                    break;
            }

            Show(before.Choice);
        }
        catch (UserErrorException error)
        {
            terminal.WriteError(error.Message, error.Mend);
        }
    }

    private void By(Func<double?[], StudyChoice> method) => Go(now with { Method = method, Choice = method(now.Limits) });

    private void Step(int objective)
    {
        if (now.Choice.Point is not { } from) throw new UserErrorException("there is no point to leave", "Lift a limit first.");
        var choice = StudyChoice.Better(frontier, now.Limits, from, objective);
        if (choice.Point is not { } point) throw new UserErrorException(choice.Reason, "Lift a limit, or improve another objective.");
        // Under other limits the point stays as long as it can.
        Go(now with { Method = Stay, Choice = choice });

        StudyChoice Stay(double?[] limits)
        {
            var nearest = StudyChoice.ByReferencePoint(frontier, limits, point.Values);
            return nearest.Point == point ? choice : nearest;
        }
    }

    private void Limit(string text)
    {
        var sign = text.Contains("<=", StringComparison.Ordinal) ? "<=" : ">=";
        var place = text.IndexOf(sign, StringComparison.Ordinal);
        if (place <= 0) throw new UserErrorException($"'{text}' is no command", Suggestion.For(text.Split(' ')[0], ["better", "wish", "weights", "best", "knee", "points", "undo", "reset", "done", "quit"]) ?? "Type ? for help.");
        var objective = ObjectiveValues.IndexOf(sign, text[..place].Trim(), frontier.Objectives);
        var (name, minimizes) = (frontier.Objectives[objective].Name, frontier.Objectives[objective].Direction == Direction.Minimize);
        if (minimizes != (sign == "<="))
            throw new UserErrorException($"{name} is to be {(minimizes ? "minimized" : "maximized")}, so it needs no limit on that side", $"Write {name}{(minimizes ? "<=" : ">=")}NUMBER.");
        var limits = now.Limits.ToArray();
        var number = text[(place + 2)..].Trim();
        limits[objective] = number.Length == 0 ? null : ObjectiveValues.Number(sign, number, frontier.Objectives[objective]);
        Go(now with { Limits = limits, Choice = now.Method(limits) });
    }

    private void Go(Situation next)
    {
        past.Push(now);
        now = next;
    }

    private void Show(StudyChoice? before)
    {
        if (now.Choice.Point is { } point)
        {
            var values = Enumerable.Range(0, frontier.Objectives.Count).Select(k =>
                $"{frontier.Objectives[k].Name} {Format(k).FormatWithUnit(point.Values[k])}{(before?.Point is { } old ? Change(k, old, point) : "")}");
            terminal.Error.WriteLine($"trial {point.Trial}: {string.Join(", ", values)}  [{point.Configuration}]");
            terminal.Error.WriteLine($"  {now.Choice.Reason}");
        }
        else
        {
            terminal.Error.WriteLine($"no choice: {now.Choice.Reason}; {now.Choice.NextReason}");
        }
    }

    private void ShowPoints()
    {
        var within = frontier.Frontier.Where(p => Enumerable.Range(0, now.Limits.Length).All(k =>
            now.Limits[k] is not { } limit || frontier.Objectives[k].ToMinimization(p.Values[k]) <= frontier.Objectives[k].ToMinimization(limit))).ToArray();
        terminal.Error.WriteLine($"{within.Length} of {frontier.Frontier.Count} frontier points{(now.Limits.All(l => l is null) ? "" : " within the limits")}:");
        foreach (var point in within.Take(MostRows))
        {
            var values = Enumerable.Range(0, frontier.Objectives.Count).Select(k => $"{frontier.Objectives[k].Name} {Format(k).FormatWithUnit(point.Values[k])}");
            terminal.Error.WriteLine($"  {point.Trial,5}  {string.Join("  ", values)}");
        }

        if (within.Length > MostRows) terminal.Error.WriteLine($"  and {within.Length - MostRows} more");
    }

    private QuantityFormat Format(int objective) => QuantityFormat.ForColumn(frontier.Frontier.Select(p => p.Values[objective]), frontier.Objectives[objective].Unit);

    private string Change(int objective, StudyPoint from, StudyPoint to)
    {
        var change = to.Values[objective] - from.Values[objective];
        return change == 0 ? "" : $" ({(change > 0 ? "+" : "-")}{QuantityFormat.ForColumn([change], frontier.Objectives[objective].Unit, 3).FormatWithUnit(Math.Abs(change))})";
    }

    // Pairs may be parted by blanks as well.
    private static string Commas(string text) => text.Replace(' ', ',');
}
