using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Vilfredo.Benchmarks.Serving;

/// <summary>What the server adds to a request, beside a plain proxy in the same run, and how much memory streams take.</summary>
/// <remarks>The load is made by wrk (Debian package <c>wrk</c>): 200 connections, each with one request under way, to an upstream that answers after 100 ms, as a model does.</remarks>
internal static partial class ServingBenchmark
{
    private const int Connections = 200;
    private const int DelayMilliseconds = 100;

    // Each takes two descriptors of the server, and a process may have 20,000 where this was made.
    private const int MostStreams = 9_700;
    private const string Body = """{"model":"plain","messages":[{"role":"system","content":"You are brief."},{"role":"user","content":"What is the answer to life, the universe and everything?"}]}""";

    public static int Run(string[] args)
    {
        if (!OperatingSystem.IsLinux() || !Exists("wrk"))
        {
            Console.WriteLine("serving: skipped; it needs Linux and wrk (apt-get install wrk)");
            return 0;
        }

        var smoke = args.Contains("--smoke");
        var rounds = smoke ? 1 : 5;
        var seconds = smoke ? 2 : 10;
        using var echo = new ServingProcess("echo", DelayMilliseconds.ToString(CultureInfo.InvariantCulture));
        using var yarp = new ServingProcess("yarp", echo.Address.ToString());
        using var server = new ServingProcess("serve", echo.Address.ToString());
        (string Name, Uri Address)[] targets = [("upstream", echo.Address), ("YARP", yarp.Address), ("vilfredo serve", server.Address)];
        foreach (var (_, address) in targets)
            Load(address, smoke ? 1 : 3); // compiled and connected
        var results = targets.ToDictionary(target => target.Name, _ => new List<(double P50, double P99, double Rate)>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, address) in targets)
                results[name].Add(Load(address, seconds));
        }

        Console.WriteLine($"{Connections} connections, upstream answers after {DelayMilliseconds} ms; medians of {rounds} rounds of {seconds} s");
        Console.WriteLine();
        Console.WriteLine("| | p50 ms | p99 ms | requests/s | added p50 ms | added p99 ms |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        var (base50, base99) = (Median(results["upstream"].Select(one => one.P50)), Median(results["upstream"].Select(one => one.P99)));
        foreach (var (name, list) in results)
        {
            var (p50, p99, rate) = (Median(list.Select(one => one.P50)), Median(list.Select(one => one.P99)), Median(list.Select(one => one.Rate)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {p50:0.00} | {p99:0.00} | {rate:0} | {(name == "upstream" ? "" : $"{p50 - base50:0.00}")} | {(name == "upstream" ? "" : $"{p99 - base99:0.00}")} |"));
        }

        Console.WriteLine();
        Streams(server, smoke ? 200 : MostStreams);
        return 0;
    }

    // Streams that are all open at once, each with a word every two seconds.
    private static void Streams(ServingProcess server, int count)
    {
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

    private static (double P50, double P99, double Rate) Load(Uri address, int seconds)
    {
        var script = Path.GetTempFileName();
        try
        {
            File.WriteAllText(script, $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [[{Body}]]\n");
            using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{Connections}", $"-d{seconds}s", "--latency", "-s", script, new Uri(address, "/v1/chat/completions").ToString()]) { RedirectStandardOutput = true })!;
            var output = wrk.StandardOutput.ReadToEnd();
            wrk.WaitForExit();
            if (output.Contains("Non-2xx", StringComparison.Ordinal))
                throw new InvalidOperationException(output);
            return (Time(output, "50%"), Time(output, "99%"), double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture));
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
}
