using System.CommandLine;
using Vilfredo.Cli.Errors;

namespace Vilfredo.Cli.Hosting;

/// <summary>What to say when the arguments do not parse.</summary>
internal static class UsageError
{
    /// <summary>The error for a parse result that has errors.</summary>
    public static UserErrorException From(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var help = $"See: {CommandPath.Of(parsed.CommandResult)} --help";
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var isOption = unknown.StartsWith('-');
            var known = isOption
                ? command.Options.Where(option => !option.Hidden).Select(option => option.Name)
                : command.Subcommands.Select(subcommand => subcommand.Name);
            var kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            return new UserErrorException($"unknown {kind} \"{unknown}\"", Join(Suggestion.For(unknown, known), help));
        }

        if (command.Subcommands.Count > 0 && command.Action is null)
        {
            var names = string.Join(", ", command.Subcommands.Select(subcommand => subcommand.Name));
            return new UserErrorException($"which of {command.Name}? One of {names}", help);
        }

        return new UserErrorException(Sentence(parsed.Errors[0].Message), help);
    }

    private static string Sentence(string message) =>
        string.Concat(message[..1].ToLowerInvariant(), message.AsSpan(1)).TrimEnd('.');

    private static string Join(string? first, string second) => first is null ? second : $"{first} {second}";
}
