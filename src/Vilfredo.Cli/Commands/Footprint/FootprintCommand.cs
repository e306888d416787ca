using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.Footprint.Portfolio;
using Vilfredo.Measurement.Footprint.Portfolio.Files;
using Vilfredo.Measurement.Footprint.Portfolio.Scenarios;
using Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;

namespace Vilfredo.Cli.Commands.Footprint;

/// <summary>The command <c>vilfredo footprint</c>.</summary>
internal static class FootprintCommand
{
    private const int MostDraws = 1_000_000;

    /// <summary>Builds the command and those below it.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("footprint", "Rate a portfolio of uses of AI over its life cycle, today and in scenarios to 2030.")
        {
            Details = "PORTFOLIO.yaml lists use cases, their users and what to change in the published factors (docs/footprint.md). Shown are energy, climate, "
                + "water, primary energy and resources of a year with 5 % and 95 % quantiles of a seeded Monte-Carlo, scenarios, the inputs that "
                + "matter most, and returns on environment. Method and default factors: arXiv 2501.14334. Every value is an estimate.",
            Examples =
            [
                new("vilfredo footprint examples/footprint/portfolio.yaml", "A company's portfolio"),
                new("vilfredo footprint portfolio.yaml --criterion water --draws 10000 --json", "Water, for machines"),
                new("vilfredo footprint request --tokens 500 --active 70", "One call of a language model"),
                new("vilfredo footprint compute --hours 12 --cores 16 --core-watts 8 --memory 64", "One computation"),
            ],
        };
        var file = new Argument<string>("portfolio") { HelpName = "PORTFOLIO.yaml", Description = "The portfolio; - is standard input.", Arity = ArgumentArity.ZeroOrOne };
        var draws = new Option<int>("--draws") { HelpName = "N", Description = "Draws of the Monte-Carlo.", DefaultValueFactory = _ => 1000 };
        var seed = new Option<ulong>("--seed") { HelpName = "N", Description = "Of the Monte-Carlo.", DefaultValueFactory = _ => 1 };
        var criterion = new Option<string>("--criterion")
        {
            HelpName = "NAME",
            Description = "energy, climate, water, primary-energy or resources: what the inputs are ranked by.",
            DefaultValueFactory = _ => "climate",
        };
        var names = Impacts.Criteria.ToDictionary(value => Impacts.Name(value).Replace(' ', '-'));
        criterion.AcceptOnlyFromAmong([.. names.Keys]);
        var json = OutputOptions.Json();
        command.Add(file);
        foreach (var option in new Option[] { draws, seed, criterion, json }) command.Add(option);
        command.Add(RequestCommand.Create(terminal));
        command.Add(ComputeCommand.Create(terminal));
        command.Handle((parse, cancellation) =>
        {
            if (parse.GetValue(file) is not { } path) throw new UserErrorException("no portfolio was named", "Name a file such as examples/footprint/portfolio.yaml. See: vilfredo footprint --help");
            var n = parse.GetRequiredValue(draws);
            if (n is < 2 or > MostDraws) throw new UserErrorException($"--draws: {n} is outside 2 to {MostDraws}");
            var document = InputFile.Open(path, Read);
            var analysis = new SensitivityAnalysis(document.Portfolio, document.Uncertain);
            var random = new RandomGenerator(parse.GetRequiredValue(seed));
            var year = analysis.MonteCarlo(n, random.Split(), cancellation);
            var scenarios = document.Scenarios.Select(scenario => new ScenarioOutcome(
                scenario,
                Projection.Run(document.Portfolio, scenario),
                analysis.MonteCarlo(scenario, n, random.Split(), cancellation))).ToList();
            var output = new PortfolioOutput(document, year, scenarios, analysis, names[parse.GetRequiredValue(criterion)], n);
            if (parse.GetValue(json)) output.WriteJson(terminal);
            else output.WriteTables(terminal);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static PortfolioDocument Read(string path)
    {
        using var reader = path == "-" ? Console.In : new StreamReader(path);
        return PortfolioFile.Read(reader, path == "-" ? "standard input" : path);
    }
}
