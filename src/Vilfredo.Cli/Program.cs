using Vilfredo.Cli.Hosting;

return CommandLine.Run(args);
