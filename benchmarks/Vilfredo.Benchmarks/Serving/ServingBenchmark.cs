using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Vilfredo.Benchmarks.Serving;

/// <summary>What the server adds to a request, beside a plain proxy in the same run, and how much memory streams take.</summary>
/// <remarks>
/// The load is made by wrk (Debian package <c>wrk</c>), on an upstream that answers after 100 ms, as a model does. It is made in two forms. Spread: 300 connections that wait for up to 100 ms between an answer and the next request, so that
/// about 200 requests are under way and arrive at random, as those of clients do. At once: 200 connections that never wait; all of them soon ask in the same instant, and what is measured is how long a burst of 200 takes.
/// Options: <c>--requests</c> or <c>--streams</c> for one part alone, <c>--spread</c> for the first load alone, <c>--rounds N</c>, <c>--seconds N</c> (of a round), <c>--warm N</c> (seconds), <c>--count N</c> (streams), and
/// <c>--against X.dll</c>, the benchmark as another version of the project was built, whose server then runs beside this one's.
/// </remarks>
internal static partial class ServingBenchmark
{
    private const int DelayMilliseconds = 100;
    private const int MostStreams = 10_000;
    private const string Body = """{"model":"plain","messages":[{"role":"system","content":"You are brief."},{"role":"user","content":"What is the answer to life, the universe and everything?"}]}""";

    private static readonly (string Name, int Connections, string Waiting)[] Loads =
    [
        ("spread", 300, $"function delay() return math.random(0, {DelayMilliseconds}) end\n"),
        ("at once", 200, ""),
    ];

    public static int Run(string[] args)
    {
        if (!OperatingSystem.IsLinux() || !Exists("wrk"))
        {
            Console.WriteLine("serving: skipped; it needs Linux and wrk (apt-get install wrk)");
            return 0;
        }

        var smoke = args.Contains("--smoke");
        int Of(string option, int usual, int ofSmoke) => Array.IndexOf(args, option) is var place and >= 0 ? int.Parse(args[place + 1], CultureInfo.InvariantCulture) : smoke ? ofSmoke : usual;
        if (!args.Contains("--streams"))
            Requests(Of("--rounds", 5, 1), Of("--seconds", 10, 2), Of("--warm", 20, 1), Array.IndexOf(args, "--against") is var other and >= 0 ? args[other + 1] : null, args.Contains("--spread") ? Loads[..1] : Loads);
        if (!args.Contains("--requests"))
            Streams(Of("--count", MostStreams, 200));
        return 0;
    }

    private static void Requests(int rounds, int seconds, int warming, string? against, IEnumerable<(string Name, int Connections, string Waiting)> loads)
    {
        using var echo = new ServingProcess("echo", DelayMilliseconds.ToString(CultureInfo.InvariantCulture));
        using var yarp = new ServingProcess("yarp", echo.Address.ToString());
        using var server = new ServingProcess("serve", echo.Address.ToString());
        using var other = against is null ? null : new ServingProcess(against, ["serve", echo.Address.ToString()]);
        List<(string Name, ServingProcess Process)> targets = [("upstream", echo), ("YARP", yarp), ("vilfredo serve", server)];
        if (other is not null)
            targets.Add(("the other build", other));
        foreach (var (_, process) in targets)
            Load(process, Loads[0].Connections, Loads[0].Waiting, warming); // connected, and compiled for good
        foreach (var (name, connections, waiting) in loads)
        {
            var results = targets.ToDictionary(target => target.Name, _ => new List<Measured>());
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (target, process) in targets)
                    results[target].Add(Load(process, connections, waiting, seconds));
            }

            Report(name, results, $"{connections} connections, upstream answers after {DelayMilliseconds} ms; medians of {rounds} rounds of {seconds} s");
        }
    }

    private static void Report(string name, Dictionary<string, List<Measured>> results, string setting)
    {
        Console.WriteLine($"{name}: {setting}");
        Console.WriteLine();
        Console.WriteLine("| | p50 ms | p99 ms | requests/s | processor time per request, us | allocated per request, kB | pauses of collections, ms/s | added p50 ms | added p99 ms |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        double Of(string target, Func<Measured, double> value) => Median(results[target].Select(value));
        foreach (var target in results.Keys)
        {
            var added = target == "upstream" ? "| |" : string.Create(CultureInfo.InvariantCulture, $"| {Of(target, one => one.P50) - Of("upstream", one => one.P50):0.00} | {Of(target, one => one.P99) - Of("upstream", one => one.P99):0.00} |");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {target} | {Of(target, one => one.P50):0.00} | {Of(target, one => one.P99):0.00} | {Of(target, one => one.Rate):0} | {Of(target, one => one.Processor):0} | {Of(target, one => one.Allocated):0.0} | {Of(target, one => one.Pauses):0.0} {added}"));
        }

        Console.WriteLine();
    }

    // Streams that are all open at once, each with a word every two seconds. The upstream speaks TLS, as providers do, so that streams share connections of HTTP/2 to it.
    private static void Streams(int count)
    {
        using var certificate = new LoopbackCertificate();
        using var echo = new ServingProcess("echo-tls", certificate.Path);
        using var server = new ServingProcess("serve", echo.Address.ToString(), certificate.Path);
        var before = server.ResidentBytes;
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
        using var leaving = new CancellationTokenSource();
        var begun = 0;
        var failed = 0;
        var watch = Stopwatch.StartNew();
        var readers = Enumerable.Range(0, count).Select(async number =>
        {
            // Not all in the same instant: a listener's queue is short.
            await Task.Delay(number / 4).ConfigureAwait(false);
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Body.Replace("\"model\"", "\"stream\":true,\"model\"", StringComparison.Ordinal), Encoding.UTF8, "application/json") };
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token).ConfigureAwait(false);
                await using var stream = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(leaving.Token).ConfigureAwait(false);
                var buffer = new byte[512];
                var isFirst = true;
                while (await stream.ReadAsync(buffer, leaving.Token).ConfigureAwait(false) > 0)
                {
                    if (isFirst)
                        Interlocked.Increment(ref begun);
                    isFirst = false;
                }
            }
            catch (OperationCanceledException)
            {
                // The measurement is over.
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref failed);
            }
        }).ToArray();
        while (begun + failed < count && watch.Elapsed < TimeSpan.FromMinutes(3))
            Thread.Sleep(100);
        Thread.Sleep(TimeSpan.FromSeconds(count > 1000 ? 10 : 1));
        var bytes = server.ResidentBytes;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{begun} of {count} streams open at once ({failed} failed): {bytes / 1e6:0} MB resident, {(bytes - before) / 1e3 / Math.Max(1, begun):0.0} kB a stream"));
        leaving.Cancel();
        Task.WaitAll(readers);
    }

    private static Measured Load(ServingProcess target, int connections, string waiting, int seconds)
    {
        var script = Path.GetTempFileName();
        try
        {
            File.WriteAllText(script, $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [[{Body}]]\n{waiting}");
            var (before, counted) = (target.ProcessorTime, target.Counters);
            using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-s", script, new Uri(target.Address, "/v1/chat/completions").ToString()]) { RedirectStandardOutput = true })!;
            var output = wrk.StandardOutput.ReadToEnd();
            wrk.WaitForExit();
            if (output.Contains("Non-2xx", StringComparison.Ordinal))
                throw new InvalidOperationException(output);
            var requests = double.Parse(Answered().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
            var taken = (target.ProcessorTime - before).TotalMicroseconds;
            var counters = target.Counters.Since(counted);
            return new(
                Time(output, "50%"), Time(output, "99%"), double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture), taken / requests, counters.AllocatedBytes / 1e3 / requests, counters.Pauses / seconds);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static double Time(string output, string quantile)
    {
        var match = Regex.Match(output, $@"{quantile}\s+([\d.]+)(us|ms|s)");
        var value = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch { "us" => value / 1000, "ms" => value, _ => value * 1000 };
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static bool Exists(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Answered();

    /// <summary>Latencies in ms, requests per second, processor time per request in us, managed memory per request in kB, pauses of the garbage collector in ms per second.</summary>
    private readonly record struct Measured(double P50, double P99, double Rate, double Processor, double Allocated, double Pauses);
}
