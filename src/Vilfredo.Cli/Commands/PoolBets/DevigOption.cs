using System.CommandLine;
using Vilfredo.Measurement.PoolBets;

namespace Vilfredo.Cli.Commands.PoolBets;

/// <summary>The option that says how odds are read.</summary>
internal sealed class DevigOption
{
    private readonly Option<string> devig = new("--devig")
    {
        HelpName = "proportional|power|shin",
        Description = "How the bookmaker's margin is taken out of odds.",
        DefaultValueFactory = _ => "proportional",
    };

    /// <summary>Adds the option to a command.</summary>
    public DevigOption(Command command)
    {
        devig.AcceptOnlyFromAmong("proportional", "power", "shin");
        command.Add(devig);
    }

    /// <summary>How the margin is taken out.</summary>
    public DevigMethod Read(ParseResult parse) => parse.GetRequiredValue(devig) switch
    {
        "power" => DevigMethod.Power,
        "shin" => DevigMethod.Shin,
        _ => DevigMethod.Proportional,
    };
}
