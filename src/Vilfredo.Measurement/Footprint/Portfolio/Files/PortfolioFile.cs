using Vilfredo.IO;
using Vilfredo.Measurement.Footprint.Portfolio.Scenarios;
using Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Measurement.Footprint.Portfolio.Files;

/// <summary>Reads portfolios from YAML; docs/footprint.md describes the form.</summary>
public static class PortfolioFile
{
    private static readonly Dictionary<string, UseCaseKind> Kinds = new(StringComparer.Ordinal)
    {
        ["chat"] = UseCaseKind.Chat,
        ["retrieval"] = UseCaseKind.RetrievalAugmented,
        ["agents"] = UseCaseKind.Agents,
        ["vision"] = UseCaseKind.ComputerVision,
        ["language"] = UseCaseKind.LanguageProcessing,
        ["tabular"] = UseCaseKind.Tabular,
    };

    /// <summary>Reads a portfolio.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="InputFormatException">The text is no portfolio; the message names line, problem and mend.</exception>
    public static PortfolioDocument Read(TextReader reader, string source)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var yaml = new YamlStream();
        try
        {
            yaml.Load(reader);
        }
        catch (YamlException error)
        {
            throw new InputFormatException(source, Math.Max(1, error.Start.Line), $"this is no YAML: {error.Message}");
        }

        if (yaml.Documents.Count == 0) throw new InputFormatException(source, 1, "the file is empty", "Give a portfolio name and use_cases; see docs/footprint.md.");
        var file = new PortfolioNode(yaml.Documents[0].RootNode, source, "the portfolio file");
        var name = file.Text("name", "Example company");
        var factors = FactorSection.Read(file);
        var useCases = file.Items("use_cases").Select((node, i) => ReadUseCase(file.Mapping(node, $"use case {i + 1}"), factors)).ToList();
        if (file.Number("typical") is { } typical) useCases.AddRange(file.Checked(() => AiPortfolio.Typical(typical, factors)));
        if (useCases.Count == 0) throw file.Problem("use_cases", "there is no use case", "List some under 'use_cases:', or give 'typical: 100' for a large company's mix.");
        var scenarios = ReadScenarios(file);
        var uncertain = ReadUncertainty(file);
        file.RefuseOthers();
        return new PortfolioDocument(new AiPortfolio(name, useCases, factors), scenarios, uncertain);
    }

    private static UseCase ReadUseCase(PortfolioNode node, PortfolioFactors factors)
    {
        var kindName = node.Text("kind", "chat");
        if (!Kinds.TryGetValue(kindName, out var kind)) throw node.Problem("kind", $"there is no kind '{kindName}'", $"Known are {string.Join(", ", Kinds.Keys)}.");
        var workload = Workload.Of(kind);
        var custom = workload with
        {
            InputTokens = node.Number("input_tokens", workload.InputTokens),
            OutputTokens = node.Number("output_tokens", workload.OutputTokens),
            Calls = node.Number("calls", workload.Calls),
            ComputeKilowattHours = node.Number("compute_kwh", workload.ComputeKilowattHours),
        };
        if (custom is not { InputTokens: >= 0, OutputTokens: >= 0, Calls: >= 0, ComputeKilowattHours: >= 0 })
            throw node.Problem("kind", "input_tokens, output_tokens, calls and compute_kwh are at least 0");
        if (workload.IsGenerative && !custom.IsGenerative) throw node.Problem("calls", $"a use case of kind {kindName} calls its model", "Give calls above 0.");
        var model = node.Text("model") ?? "high";
        if (workload.IsGenerative) _ = node.Checked(() => factors.Model(model));
        var useCase = node.Checked(() => new UseCase
        {
            Name = node.Text("name", "support chat"),
            Kind = kind,
            Model = model,
            Users = node.Number("users", "1000"),
            RequestsPerDay = node.Number("requests_per_day", "10"),
            Count = node.Number("count", 1),
            Workload = custom,
            AvoidedKilograms = node.Number("avoided_kg_co2e"),
            Value = node.Number("value"),
        });
        node.RefuseOthers();
        return useCase;
    }

    private static IReadOnlyList<Scenario> ReadScenarios(PortfolioNode file)
    {
        if (!file.Has("scenarios")) return Scenario.Published;
        var list = new List<Scenario>();
        foreach (var node in file.Items("scenarios"))
        {
            if (node is YamlScalarNode { Value: "published" }) list.AddRange(Scenario.Published);
            else list.Add(ReadScenario(file.Mapping(node, $"scenario {list.Count + 1}")));
        }

        return list;
    }

    private static Scenario ReadScenario(PortfolioNode node)
    {
        var name = node.Text("name", "Our plan");
        var basis = node.Text("based_on") ?? Scenario.Published[0].Name;
        var start = Scenario.Published.FirstOrDefault(scenario => scenario.Name == basis)
            ?? throw node.Problem("based_on", $"there is no scenario '{basis}'", $"Known are {string.Join("; ", Scenario.Published.Select(scenario => scenario.Name))}.");
        var result = node.Checked(() => start with
        {
            Name = name,
            BaseYear = (int)node.Number("base_year", start.BaseYear),
            Years = (int)node.Number("years", start.Years),
            GenerativeGrowth = node.Number("generative_growth", start.GenerativeGrowth),
            AgentGrowth = node.Number("agent_growth", start.AgentGrowth),
            VisionGrowth = node.Number("vision_growth", start.VisionGrowth),
            LanguageGrowth = node.Number("language_growth", start.LanguageGrowth),
            TabularGrowth = node.Number("tabular_growth", start.TabularGrowth),
            ModelSize = node.Number("model_size", start.ModelSize),
            Tokens = node.Number("tokens", start.Tokens),
            HardwarePerYear = node.Number("hardware_per_year", start.HardwarePerYear),
            Breakthrough = node.Number("breakthrough", start.Breakthrough),
            Quantization = node.Number("quantization", start.Quantization),
            Pue = node.Number("pue", start.Pue),
            Grid = node.Number("grid", start.Grid),
            Embodied = node.Number("embodied", start.Embodied),
        });
        node.RefuseOthers();
        return result;
    }

    private static IReadOnlyList<UncertainFactor> ReadUncertainty(PortfolioNode file)
    {
        if (file.Mapping("uncertainty") is not { } section) return UncertainFactor.Defaults;
        var factors = new List<UncertainFactor>();
        foreach (var factor in UncertainFactor.Defaults)
        {
            switch (section.Find(factor.Name))
            {
                case null:
                    factors.Add(factor);
                    break;
                case YamlScalarNode { Value: "fixed" }:
                    break;
                case var node:
                    factors.Add(ReadDistribution(section.Mapping(node, $"'{factor.Name}'"), factor));
                    break;
            }
        }

        section.RefuseOthers();
        return factors;
    }

    private static UncertainFactor ReadDistribution(PortfolioNode node, UncertainFactor factor)
    {
        var source = node.Text("source") ?? "the portfolio file";
        var distribution = node.Has("log_normal")
            ? node.Checked(() => FactorDistribution.LogNormal(node.Number("log_normal", "0.3")))
            : node.Has("uniform")
                ? Uniform(node.Numbers("uniform", 2))
                : throw node.Problem("uniform", "says neither 'uniform' nor 'log_normal'", "Write { uniform: [0.8, 1.2] }, { log_normal: 0.3 }, or fixed.");
        node.RefuseOthers();
        return factor with { Distribution = distribution, Source = source };

        FactorDistribution Uniform(double[] ends) => node.Checked(() => FactorDistribution.Uniform(ends[0], ends[1]));
    }
}
