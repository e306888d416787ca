using Vilfredo.Cli.Hosting; using Vilfredo.Cli.Output;
namespace Vilfredo.Cli.Commands.Points;
internal static class FilterCommand { public static CliCommand Create(Terminal terminal) { var c = new CliCommand("filter","x"); c.Add(PointInput.File()); c.Add(OutputOptions.Json()); c.Handle(p => 0); return c; } }
