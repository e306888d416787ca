using Vilfredo.Cli.Commands.CodeEfficiency;
using Vilfredo.Cli.Commands.Evaluation;
using Vilfredo.Cli.Commands.Footprint;
using Vilfredo.Cli.Commands.Indicators;
using Vilfredo.Cli.Commands.Models;
using Vilfredo.Cli.Commands.Points;
using Vilfredo.Cli.Commands.PoolBets;
using Vilfredo.Cli.Commands.Reproductions;
using Vilfredo.Cli.Commands.Routing;
using Vilfredo.Cli.Commands.Runtimes;
using Vilfredo.Cli.Commands.Serving;
using Vilfredo.Cli.Commands.Studies;
using Vilfredo.Cli.Commands.Tasks;

namespace Vilfredo.Cli.Hosting;

/// <summary>All top-level commands, in the order of the overview. A new command is one file and one line here.</summary>
internal static class CommandCatalog
{
    private const string StudiesOfPrograms = "Studies";
    private const string LanguageModels = "Language models and strategies";
    private const string FilesOfPoints = "Files of points";
    private const string Estimates = "Estimates";
    private const string ThePapers = "The papers";
    private const string SmallModels = "Small language models";
    private const string Problems = "Problems with exact answers";

    /// <summary>The commands; consecutive entries of one group stand under one heading.</summary>
    public static IReadOnlyList<CommandEntry> Entries { get; } =
    [
        new("optimize", StudiesOfPrograms, OptimizeCommand.Create),
        new("resume", StudiesOfPrograms, ResumeCommand.Create),
        new("list", StudiesOfPrograms, ListCommand.Create),
        new("show", StudiesOfPrograms, ShowCommand.Create),
        new("pick", StudiesOfPrograms, PickCommand.Create),
        new("compare", StudiesOfPrograms, CompareCommand.Create),
        new("export", StudiesOfPrograms, ExportCommand.Create),
        new("import", StudiesOfPrograms, ImportCommand.Create),
        new("delete", StudiesOfPrograms, DeleteCommand.Create),
        new("evaluate", LanguageModels, EvaluateModelsCommand.Create),
        new("route", LanguageModels, RouteCommand.Create),
        new("serve", LanguageModels, ServeCommand.Create),
        new("strategies", LanguageModels, StrategiesCommand.Create),
        new("frontier", FilesOfPoints, FrontierCommand.Create),
        new("filter", FilesOfPoints, FilterCommand.Create),
        new("sort", FilesOfPoints, SortCommand.Create),
        new("indicators", FilesOfPoints, IndicatorsCommand.Create),
        new("code-efficiency", Estimates, CodeEfficiencyCommand.Create),
        new("track", Estimates, TrackCommand.Create),
        new("footprint", Estimates, FootprintCommand.Create),
        new("pool-bets", Estimates, PoolBetsCommand.Create),
        new("runtime", Estimates, RuntimeCommand.Create),
        new("reproduce", ThePapers, ReproduceCommand.Create),
        new("claims", ThePapers, ClaimsCommand.Create),
        new("tasks", Problems, TasksCommand.Create),
        new("train", SmallModels, TrainCommand.Create),
        new("generate", SmallModels, GenerateCommand.Create),
        new("inspect", SmallModels, InspectCommand.Create),
    ];
}
