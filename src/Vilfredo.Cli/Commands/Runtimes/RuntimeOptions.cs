using System.CommandLine;
using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.IO;
using Vilfredo.Measurement.IdealizedRuntime;
using Vilfredo.Measurement.IdealizedRuntime.Comparison;

namespace Vilfredo.Cli.Commands.Runtimes;

/// <summary>The options that say which requests are costed and what the machine costs.</summary>
internal sealed class RuntimeOptions
{
    private readonly Option<string[]> query = new("--query", "-q")
    {
        HelpName = "PROMPT,OUTPUT[,COUNT]",
        Description = "Requests by their tokens; may be given several times.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> queries = new("--queries")
    {
        HelpName = "FILE",
        Description = "A CSV file of requests: prompt_tokens, output_tokens and, if wanted, count.",
    };

    private readonly Option<string> rule = new("--rule")
    {
        HelpName = "interpolate|helm",
        Description = "Prompts between profiled lengths: linear, or as HELM scales them (not monotone for short prompts).",
        DefaultValueFactory = _ => "interpolate",
    };

    private readonly Option<int?> accelerators = new("--accelerators")
    {
        HelpName = "N",
        Description = "How many accelerators a model occupies: 1 unless given, and what is published for the idealized profiles.",
    };

    private readonly Option<double?> price = new("--price")
    {
        HelpName = "USD",
        Description = "What an accelerator costs an hour; adds money to the table.",
    };

    /// <summary>Adds the options to a command.</summary>
    public RuntimeOptions(Command command)
    {
        rule.AcceptOnlyFromAmong("interpolate", "helm");
        foreach (var option in new Option[] { query, queries, rule, accelerators, price }) command.Add(option);
    }

    /// <summary>The requests, none when neither option is given.</summary>
    public List<TokenQuery> Queries(ParseResult parse)
    {
        var given = (parse.GetValue(query) ?? []).Select(Parse).ToList();
        if (parse.GetValue(queries) is { } file)
        {
            given.AddRange(InputFile.Open(file, path =>
            {
                using var reader = CsvReader.Open(path);
                return ProfileFile.ReadQueries(reader);
            }));
        }

        return given;
    }

    /// <summary>How prompts between profiled lengths are read.</summary>
    public PromptRule Rule(ParseResult parse) => parse.GetRequiredValue(rule) == "helm" ? PromptRule.Helm : PromptRule.Interpolate;

    /// <summary>Whether money is asked for; wrong prices and counts are refused.</summary>
    public bool HasPrice(ParseResult parse)
    {
        if (parse.GetValue(accelerators) is { } count and < 1) throw new UserErrorException($"--accelerators: {count} is below 1");
        return parse.GetValue(price) is { } dollars && UserInput.Checked("--price", () => new AcceleratorSetup(1, dollars)) is not null;
    }

    /// <summary>What the machine of a model costs, or <see langword="null"/> when no price is given or the number of accelerators is not known.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="known">How many accelerators the model occupies when the option does not say it.</param>
    public AcceleratorSetup? Machine(ParseResult parse, int? known) =>
        HasPrice(parse) && (parse.GetValue(accelerators) ?? known) is { } count ? new AcceleratorSetup(count, parse.GetValue(price)!.Value) : null;

    private static TokenQuery Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = new long[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || (i < 2 && numbers[i] > int.MaxValue))
                throw new UserErrorException($"--query: \"{parts[i]}\" is not a number of tokens or requests", "Write PROMPT,OUTPUT or PROMPT,OUTPUT,COUNT, such as 512,64.");
        }

        return parts.Length is 2 or 3
            ? new TokenQuery((int)numbers[0], (int)numbers[1], parts.Length == 3 ? numbers[2] : 1)
            : throw new UserErrorException($"--query: read {parts.Length} numbers (\"{text}\"), expected 2 or 3", "Write PROMPT,OUTPUT or PROMPT,OUTPUT,COUNT, such as 512,64.");
    }
}
