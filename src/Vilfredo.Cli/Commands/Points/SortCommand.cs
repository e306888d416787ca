using Vilfredo.Cli.Hosting; using Vilfredo.Cli.Output;
namespace Vilfredo.Cli.Commands.Points;
internal static class SortCommand { public static CliCommand Create(Terminal terminal) { var c = new CliCommand("sort","x"); c.Add(PointInput.File()); c.Add(OutputOptions.Json()); c.Handle(p => 0); return c; } }
