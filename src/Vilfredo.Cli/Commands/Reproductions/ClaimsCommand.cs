using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Reproductions;

namespace Vilfredo.Cli.Commands.Reproductions;

/// <summary>The command <c>vilfredo claims</c>.</summary>
internal static class ClaimsCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("claims", "The ledger: each recorded claim, the paper's figure, ours, and the verdict.")
        {
            Examples = [new("vilfredo claims", "All recorded claims"), new("vilfredo claims --paper efficient-agents --json", "Of one paper, for machines")],
        };
        var paper = new Option<string?>("--paper") { Description = "Only the claims of this paper.", HelpName = "SLUG" };
        var root = ReproduceCommand.RootOption();
        var json = OutputOptions.Json();
        foreach (Option option in new Option[] { paper, root, json }) command.Add(option);
        command.Handle(parse =>
        {
            var folder = new ResultsFolder(parse.GetRequiredValue(root));
            var records = ClaimOutput.Load(folder);
            if (records.Count == 0)
                throw new UserErrorException($"no results in {Path.Combine(folder.Root, "results")}", "Record some with vilfredo reproduce SLUG --record, or name another --root.");
            if (parse.GetValue(paper) is { } slug)
            {
                records = [.. records.Where(record => record.Slug == slug)];
                if (records.Count == 0) throw new UserErrorException($"nothing is recorded for \"{slug}\"", "See: vilfredo reproduce list");
            }

            ClaimOutput.Write(terminal, records, parse.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }
}
