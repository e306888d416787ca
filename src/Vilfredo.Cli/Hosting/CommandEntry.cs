using Vilfredo.Cli.Output;

namespace Vilfredo.Cli.Hosting;

/// <summary>A top-level command as the catalog lists it; built only when it is needed.</summary>
/// <param name="Name">The word after <c>vilfredo</c>.</param>
/// <param name="Group">The heading in the overview under which it stands.</param>
/// <param name="Create">Builds the command; the terminal is where it writes.</param>
internal sealed record CommandEntry(string Name, string Group, Func<Terminal, CliCommand> Create);
