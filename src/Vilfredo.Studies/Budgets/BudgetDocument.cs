using System.Text.Json;
using Vilfredo.IO;
using Vilfredo.Studies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Studies;

/// <summary>The key <c>budget</c> of study files.</summary>
internal static class BudgetDocument
{
    /// <summary>Reads the budget of a study file.</summary>
    public static StudyBudget Read(YamlMapping file, YamlMistakes mistakes)
    {
        if (file.Find("budget") is not { } node || YamlMapping.Of(node, "'budget'", mistakes) is not { } settings) return new StudyBudget();
        var trials = settings.Integer("trials");
        if (trials is < 1 or > int.MaxValue) mistakes.Add(settings.Find("trials")!, $"'budget': 'trials' must be at least 1, not {trials}.");
        var budget = new StudyBudget
        {
            Trials = (int?)trials,
            Time = settings.Duration("time"),
            Costs = settings.Find("cost") is { } cost ? PreferenceDocument.Numbers(cost, "'budget': 'cost'", mistakes) : [],
            Target = settings.Find("target") is { } target ? PreferenceDocument.Numbers(target, "'budget': 'target'", mistakes) : [],
            Hypervolume = ReadHypervolume(settings, mistakes),
            Stagnation = ReadStagnation(settings, mistakes),
        };
        settings.RefuseOthers();
        return budget;
    }

    /// <summary>Writes the budget as JSON with the keys of a study file.</summary>
    public static void Write(Utf8JsonWriter json, StudyBudget budget)
    {
        json.WriteStartObject("budget");
        if (budget.Trials is { } trials) json.WriteNumber("trials", trials);
        if (budget.Time is { } time) json.WriteString("time", Durations.Format(time));
        if (budget.Costs.Count > 0) PreferenceDocument.WriteNumbers(json, "cost", budget.Costs);
        if (budget.Target.Count > 0) PreferenceDocument.WriteNumbers(json, "target", budget.Target);
        if (budget.Hypervolume is { } hypervolume)
        {
            json.WriteStartObject("hypervolume");
            json.WriteNumber("at_least", hypervolume.AtLeast);
            PreferenceDocument.WriteNumbers(json, "reference_point", hypervolume.ReferencePoint);
            json.WriteEndObject();
        }

        if (budget.Stagnation is { } stagnation)
        {
            json.WriteStartObject("stagnation");
            json.WriteNumber("trials", stagnation.Trials);
            json.WriteNumber("tolerance", stagnation.Tolerance);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static HypervolumeTarget? ReadHypervolume(YamlMapping budget, YamlMistakes mistakes)
    {
        if (budget.Find("hypervolume") is not { } node || YamlMapping.Of(node, "'budget': 'hypervolume'", mistakes) is not { } settings) return null;
        var atLeast = settings.Require("at_least", "0.8") is null ? null : settings.Number("at_least");
        var reference = settings.Require("reference_point", "{ time: 10, size: 2e6 }") is { } point ? PreferenceDocument.Numbers(point, "the reference point", mistakes) : [];
        settings.RefuseOthers();
        return atLeast is { } value ? new HypervolumeTarget(value, reference) : null;
    }

    // A number of trials, or { trials: ..., tolerance: ... }.
    private static FrontierStagnation? ReadStagnation(YamlMapping budget, YamlMistakes mistakes)
    {
        switch (budget.Find("stagnation"))
        {
            case null:
                return null;
            case YamlScalarNode:
                return budget.Integer("stagnation") is { } trials ? new FrontierStagnation(Clamp(trials)) : null;
            case var node when YamlMapping.Of(node, "'budget': 'stagnation'", mistakes) is { } settings:
                var count = settings.Require("trials", "50") is null ? null : settings.Integer("trials");
                var stagnation = new FrontierStagnation(Clamp(count ?? 1));
                if (settings.Number("tolerance") is { } tolerance) stagnation = stagnation with { Tolerance = tolerance };
                settings.RefuseOthers();
                return stagnation;
            default:
                return null;
        }
    }

    private static int Clamp(long trials) => (int)Math.Clamp(trials, 0, int.MaxValue);
}
