namespace Vilfredo.Benchmarks.Optimization;

/// <summary>The command line of <see cref="PeerThroughput"/>.</summary>
internal sealed record ThroughputOptions
{
    public int Seeds { get; private set; } = 11;

    public int WarmUps { get; private set; } = 24;

    public string? PeerFile { get; private set; }

    public string? PeerCommand { get; private set; }

    public bool Markdown { get; private set; }

    public static bool TryParse(string command, string[] args, out ThroughputOptions options)
    {
        options = new ThroughputOptions();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--seeds" when i + 1 < args.Length && int.TryParse(args[i + 1], out var seeds) && seeds > 0:
                    options.Seeds = seeds;
                    i++;
                    break;
                case "--peer" when i + 1 < args.Length:
                    options.PeerFile = args[++i];
                    break;
                case "--peer-command" when i + 1 < args.Length:
                    options.PeerCommand = args[++i];
                    break;
                case "--markdown":
                    options.Markdown = true;
                    break;
                case "--smoke":
                    (options.Seeds, options.WarmUps) = (2, 1);
                    break;
                default:
                    Console.Error.WriteLine(
                        $"unknown argument '{args[i]}'; usage: {command} [--seeds N] [--peer FILE | --peer-command PROGRAM] [--markdown] [--smoke]");
                    return false;
            }
        }

        return true;
    }
}
