using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Reproductions;

namespace Vilfredo.Cli.Commands.Reproductions;

/// <summary>The command <c>vilfredo reproduce</c>.</summary>
internal static class ReproduceCommand
{
    private const string ListWord = "list";

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("reproduce", "Run a paper's study on this machine and judge its claims.")
        {
            Details = "Finished units are kept in .vilfredo/reproductions below the root: a run that was interrupted goes on where it was. With --record, "
                + "the measurements and verdicts go to results/SLUG.json, and the pages in docs/papers are written anew.",
            Examples =
            [
                new("vilfredo reproduce list", "The studies"),
                new("vilfredo reproduce sharpe-ratio-at-k", "One study at the scale quick"),
                new("vilfredo reproduce sharpe-ratio-at-k --scale full -j 2 --record", "As it is recorded"),
                new("vilfredo reproduce --all --scale smoke", "Whether all of them run"),
            ],
        };
        var slug = new Argument<string?>("slug") { Description = "The paper's short name, or list.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Run every study." };
        var scale = new Option<Scale>("--scale") { Description = "smoke (seconds), quick (under 2 minutes) or full.", DefaultValueFactory = _ => Scale.Quick };
        var seeds = new Option<int?>("--seeds") { Description = "The number of seeds instead of the scale's own." };
        var jobs = new Option<int>("-j", "--jobs") { Description = "Units that run at a time.", DefaultValueFactory = _ => 1 };
        var record = new Option<bool>("--record") { Description = "Write results/SLUG.json and docs/papers." };
        var docs = new Option<bool>("--docs") { Description = "Only write docs/papers anew from results." };
        var root = RootOption();
        var json = OutputOptions.Json();
        command.Add(slug);
        foreach (Option option in new Option[] { all, scale, seeds, jobs, record, docs, root, json }) command.Add(option);
        command.Handle((parse, cancellation) =>
        {
            var folder = new ResultsFolder(parse.GetRequiredValue(root));
            var name = parse.GetValue(slug);
            if (parse.GetValue(docs)) return Task.FromResult(WriteDocs(terminal, folder));
            if (name == ListWord) return Task.FromResult(List(terminal, folder, parse.GetValue(json)));
            var options = new RunOptions { Seeds = AtLeastOne("--seeds", parse.GetValue(seeds)), Parallelism = AtLeastOne("--jobs", parse.GetValue(jobs))!.Value };
            var run = new ReproductionRun(terminal, folder, parse.GetValue(scale), options, parse.GetValue(record) ? CommandLine.Version() : null);
            RecordedRun[] records = [.. Chosen(name, parse.GetValue(all)).Select(study => run.Of(study, cancellation))];
            if (parse.GetValue(record)) WriteDocs(terminal, folder);
            ClaimOutput.Write(terminal, records, parse.GetValue(json));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    internal static Option<string> RootOption() => new("--root")
    {
        Description = "The folder that holds results and docs.",
        DefaultValueFactory = _ => ".",
        HelpName = "DIR",
    };

    private static IReadOnlyList<Reproduction> Chosen(string? slug, bool all)
    {
        if (all == (slug is not null))
            throw new UserErrorException(all ? "a slug and --all were both given" : "which study?", "Name one, or give --all; see: vilfredo reproduce list");
        if (all) return ReproductionCatalog.Library.All;
        var nearest = Suggestion.For(slug!, ReproductionCatalog.Library.All.Select(r => r.Paper.Slug));
        return ReproductionCatalog.Library.Find(slug!) is { } study
            ? [study]
            : throw new UserErrorException($"unknown study \"{slug}\"", nearest ?? "See: vilfredo reproduce list");
    }

    private static int? AtLeastOne(string option, int? value) =>
        value is < 1 ? throw new UserErrorException($"{option} {value}: at least 1") : value;

    private static int WriteDocs(Terminal terminal, ResultsFolder folder)
    {
        foreach (var path in PaperPage.WriteAll(ReproductionCatalog.Library, folder))
            terminal.WriteNote($"wrote {Path.GetRelativePath(folder.Root, path)}");
        return ExitCode.Success;
    }

    private static int List(Terminal terminal, ResultsFolder folder, bool json)
    {
        var recorded = ClaimOutput.Load(folder).ToDictionary(record => record.Slug);
        if (json)
        {
            terminal.WriteJson(writer =>
            {
                writer.WriteStartArray();
                foreach (var study in ReproductionCatalog.Library.All)
                {
                    writer.WriteStartObject();
                    writer.WriteString("slug", study.Paper.Slug);
                    writer.WriteString("title", study.Paper.Title);
                    writer.WriteString("reference", study.Paper.Reference);
                    writer.WriteNumber("claims", study.Claims.Count);
                    if (recorded.TryGetValue(study.Paper.Slug, out var record)) writer.WriteString("recorded", record.Recorded);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
            return ExitCode.Success;
        }

        var table = new TextTable(new("study"), new("claims", true), new("recorded"), new("paper"));
        foreach (var study in ReproductionCatalog.Library.All)
        {
            var when = recorded.TryGetValue(study.Paper.Slug, out var record) ? $"{record.Recorded:yyyy-MM-dd}" : "-";
            table.Add([study.Paper.Slug, $"{study.Claims.Count}", when, study.Paper.Title]);
        }

        table.Write(terminal);
        return ExitCode.Success;
    }
}
