using System.CommandLine;
using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Prizes;

namespace Vilfredo.Cli.Commands.PoolBets;

/// <summary>The options that say how odds are read and prizes paid.</summary>
internal sealed class PrizeOptions
{
    private const string Shared = "shared";
    private const string Fixed = "fixed";

    private readonly Option<string> prizes = new("--prizes")
    {
        HelpName = "shared|fixed",
        Description = "shared: the pool's stakes among the crowd's winners; fixed: mean past prizes, which overstate what likely columns earn.",
        DefaultValueFactory = _ => Shared,
    };

    private readonly Option<double> crowd = new("--crowd")
    {
        HelpName = "EXPONENT",
        Description = "The crowd chooses outcomes in proportion to chance^EXPONENT: 0 uniformly, 1 as the odds, more prefers favourites.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<double> crowdColumns = new("--crowd-columns")
    {
        HelpName = "N",
        Description = "Columns the crowd buys (an assumption).",
        DefaultValueFactory = _ => 400_000,
    };

    private readonly DevigOption devig;

    /// <summary>Adds the options to a command.</summary>
    public PrizeOptions(Command command)
    {
        prizes.AcceptOnlyFromAmong(Shared, Fixed);
        foreach (var option in new Option[] { prizes, crowd, crowdColumns }) command.Add(option);
        devig = new DevigOption(command);
    }

    /// <summary>How prizes are paid.</summary>
    public IPrizeModel Prizes(ParseResult parse)
    {
        if (parse.GetRequiredValue(prizes) == Fixed) return FixedPrizes.Toto;
        var model = UserInput.Checked("--crowd", () => new PariMutuelPrizes { CrowdExponent = parse.GetRequiredValue(crowd) });
        return UserInput.Checked("--crowd-columns", () => model with { CrowdColumns = parse.GetRequiredValue(crowdColumns) });
    }

    /// <summary>How the margin is taken out.</summary>
    public DevigMethod Devig(ParseResult parse) => devig.Read(parse);
}
