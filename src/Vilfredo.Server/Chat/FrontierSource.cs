using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Vilfredo.Inference.Serving;
using Vilfredo.Server.Hosting;

namespace Vilfredo.Server.Chat;

/// <summary>The frontier as its file says now. A file that has become wrong leaves the last one that was right in place.</summary>
internal sealed partial class FrontierSource : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ServerOptions _options;
    private readonly ILogger<FrontierSource> _log;
    private ServedFrontier _current;
    private (DateTime Written, long Length) _seen;

    /// <exception cref="FormatException">The file is no frontier.</exception>
    /// <exception cref="ArgumentException">A model of it cannot be opened.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public FrontierSource(ServerOptions options, ILogger<FrontierSource> log)
    {
        (_options, _log) = (options, log);
        _seen = Look();
        _current = Load();
    }

    /// <summary>Why the file as it is now is not served; null when it is.</summary>
    public string? Problem { get; private set; }

    /// <summary>The frontier, entered; dispose it after use.</summary>
    public ServedFrontier Enter()
    {
        while (true)
        {
            var frontier = Volatile.Read(ref _current);
            if (frontier.TryEnter())
                return frontier;
        }
    }

    /// <summary>Reads the file again if it has changed.</summary>
    public void Refresh()
    {
        var seen = Look();
        if (seen == _seen)
            return;
        _seen = seen;
        try
        {
            var next = Load();
            var last = Interlocked.Exchange(ref _current, next);
            last.Dispose();
            Problem = null;
            LogReloaded(_options.FrontierPath, next.Points.Count);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            Problem = error.Message;
            LogKept(_options.FrontierPath, error.Message);
        }
    }

    public override void Dispose()
    {
        _current.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, _options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                Refresh();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private ServedFrontier Load() => new(ServingFrontier.Load(_options.FrontierPath), _options.OpenLocal, _options.Endpoints, _options.Time);

    private (DateTime, long) Look()
    {
        var file = new FileInfo(_options.FrontierPath);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Path} has changed: {Points} points are served now")]
    private partial void LogReloaded(string path, int points);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} has changed but cannot be served, so the last one still is: {Problem}")]
    private partial void LogKept(string path, string problem);
}
