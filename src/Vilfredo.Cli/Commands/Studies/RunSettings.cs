using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.IO;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The options of <c>optimize</c> and <c>resume</c> that overrule what a study file says.</summary>
internal sealed class RunSettings
{
    private readonly Option<int?> trials = new("--budget", "--trials") { HelpName = "TRIALS", Description = "End after this many trials." };
    private readonly Option<string?> time = new("--time") { HelpName = "DURATION", Description = "End after this much running time, such as 10 min." };
    private readonly Option<string?> sampler = new("--sampler") { HelpName = "NAME", Description = $"How trials are proposed: {string.Join(", ", Samplers.Names)}." };
    private readonly Option<string?> pruner = new("--pruner") { HelpName = "NAME", Description = $"End unpromising trials: {string.Join(", ", Pruners.Names)}, or none." };
    private readonly Option<string?> repeats = new("--repeats") { HelpName = "N|auto", Description = "Measurements per trial, or auto: repeat where the frontier is undecided." };
    private readonly Option<int?> parallelism = new("--parallelism", "-j") { HelpName = "N", Description = "Trials that run at once." };
    private readonly Option<string?> timeLimit = new("--time-limit") { HelpName = "DURATION", Description = "How long one trial may take, such as 30 s." };
    private readonly Option<ulong?> seed = new("--seed") { HelpName = "N", Description = "Seed of every random choice." };
    private readonly SearchPreference preference = new();
    private readonly Option<bool> deterministic = new("--deterministic") { Description = "The same trials whatever the number of workers." };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isNew">Whether it creates a study, whose seed can still be chosen.</param>
    public void AddTo(Command command, bool isNew)
    {
        foreach (var option in new Option[] { trials, time, sampler, pruner, repeats, parallelism, timeLimit }) command.Add(option);
        preference.AddTo(command);
        if (!isNew) return;
        command.Add(seed);
        command.Add(deterministic);
    }

    /// <summary>The definition with what the command line overrules, and in words what that is.</summary>
    /// <exception cref="UserErrorException">An option's value is out of range.</exception>
    public (StudyDefinition Definition, string Note) Apply(ParseResult parse, StudyDefinition definition)
    {
        var notes = new List<string>();
        if (parse.GetValue(trials) is { } n)
        {
            if (n < 1) throw new UserErrorException($"--budget must be at least 1, not {n}");
            definition = definition with { Budget = definition.Budget with { Trials = n } };
            notes.Add($"budget of {n} trials");
        }

        if (parse.GetValue(time) is { } t)
        {
            definition = definition with { Budget = definition.Budget with { Time = Duration("--time", t) } };
            notes.Add($"time budget of {t}");
        }

        if (parse.GetValue(timeLimit) is { } limit)
        {
            definition = definition with { TimeLimit = Duration("--time-limit", limit) };
            notes.Add($"time limit of {limit} per trial");
        }

        if (parse.GetValue(sampler) is { } name && name != definition.Sampler.Name)
        {
            if (!Samplers.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new UserErrorException($"there is no sampler '{name}'", Suggestion.For(name, Samplers.Names) ?? $"There are: {string.Join(", ", Samplers.Names)}.");
            definition = definition with { Sampler = new SamplerDefinition(name) };
            notes.Add($"sampler {name}");
        }

        definition = preference.Apply(parse, definition, notes);
        if (parse.GetValue(pruner) is { } rule && rule != definition.Pruner?.Name)
        {
            if (rule != "none" && !Pruners.Names.Contains(rule))
                throw new UserErrorException($"there is no pruner '{rule}'", Suggestion.For(rule, Pruners.Names) ?? $"There are: {string.Join(", ", Pruners.Names)}, none.");
            definition = definition with { Pruner = rule == "none" ? null : new PrunerDefinition(rule) };
            notes.Add($"pruner {rule}");
        }

        if (parse.GetValue(repeats) is { } r)
        {
            definition = definition with { Repeats = Repeats(r, definition.Repeats) };
            notes.Add($"repeats {r}");
        }

        if (parse.GetValue(parallelism) is { } p)
        {
            if (p < 1) throw new UserErrorException($"--parallelism must be at least 1, not {p}");
            definition = definition with { Parallelism = p };
            notes.Add($"parallelism {p}");
        }

        if (parse.CommandResult.Command.Options.Contains(seed))
        {
            if (parse.GetValue(seed) is { } s) definition = definition with { Seed = s };
            if (parse.GetValue(deterministic)) definition = definition with { Deterministic = true };
        }

        return (definition, string.Join(", ", notes));
    }

    private static TimeSpan Duration(string option, string text) => Durations.TryParse(text, out var duration)
        ? duration
        : throw new UserErrorException($"{option}: '{text}' is no duration", "Write it like 500 ms, 10 s, 5 min or 2 h.");

    private static RepeatsDefinition Repeats(string text, RepeatsDefinition old)
    {
        if (text == "auto") return old with { Auto = true };
        return int.TryParse(text, out var n) && n >= 1
            ? old with { PerTrial = n, Auto = false }
            : throw new UserErrorException($"--repeats: '{text}' is neither a number of at least 1 nor auto");
    }
}
