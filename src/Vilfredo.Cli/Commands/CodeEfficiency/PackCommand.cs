using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;

namespace Vilfredo.Cli.Commands.CodeEfficiency;

/// <summary>The command <c>vilfredo code-efficiency pack</c>.</summary>
internal static class PackCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("pack", "Turn pages of problems (Markdown) into the JSON lines that evaluate reads.")
        {
            Details = "A problem is a heading with its name, the statement, a line 'sizes: 10 300 3000 30000', and fenced blocks of C#: '```csharp generator', solutions "
                + "'```csharp name, complexity' from the slowest to the fastest, which becomes the reference, and wrong programs '```csharp wrong: why'.",
            Examples = [new("vilfredo code-efficiency pack problems/*.md > problems.jsonl", "One line per problem")],
        };
        var pages = new Argument<string[]>("pages") { HelpName = "PAGES", Description = "The pages.", Arity = ArgumentArity.OneOrMore };
        command.Add(pages);
        command.Handle(parse =>
        {
            var problems = parse.GetRequiredValue(pages).SelectMany(page => InputFile.Open(page, ProblemPages.Read)).ToList();
            if (problems.GroupBy(problem => problem.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw new UserErrorException($"there are {twice.Count()} problems \"{twice.Key}\"", "Give every problem its own name.");
            LadderProblemFile.Write(terminal.Output, problems);
            return ExitCode.Success;
        });
        return command;
    }
}
