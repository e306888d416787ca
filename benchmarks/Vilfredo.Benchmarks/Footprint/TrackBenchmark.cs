using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vilfredo.Measurement.Footprint.Tracking;

namespace Vilfredo.Benchmarks.Footprint;

/// <summary>
/// What <c>vilfredo track</c> takes beside the command that it observes: processor time of its own per second, and elapsed time in alternating pairs of runs of the same work with and without it.
/// </summary>
internal static partial class TrackBenchmark
{
    private const string Child = "track-child";

    // Sleeping children beside the one that works, so that a sample has as many processes to read.
    private const string Crowd = "p=; i=0; while [ $i -lt $1 ]; do sleep 1000 & p=\"$p $!\"; i=$((i+1)); done; shift; \"$@\"; kill $p; wait";

    public static int Run(string[] args)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.WriteLine("vilfredo track observes processes on Linux only.");
            return 0;
        }

        var smoke = args.Contains("--smoke");
        var rounds = smoke ? 1 : Option(args, "--rounds") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 7;
        var seconds = smoke ? 0.5 : 5.0;
        var cli = Option(args, "--cli") ?? Path.Combine(AppContext.BaseDirectory, "Vilfredo.Cli.dll");
        var work = Iterations(seconds);
        Samples(smoke ? 20 : 1000);
        var start = Median([.. Enumerable.Range(0, rounds).Select(_ => Tracked(cli, ["true"]).Processor)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"`vilfredo track -- true` takes {start:0.000} s of processor time (median of {rounds}): loading, compiling, the report."));
        Console.WriteLine();
        Console.WriteLine("| processes | samples | own processor time, s | of which samples, s | samples per second of the run | own, less the start, per second of the run | elapsed with / without |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var others in new[] { 0, 199 })
        {
            var runs = new List<(Tracking With, double Without)>();
            for (var round = 0; round < rounds; round++)
            {
                // Which comes first alternates, so that a drift of the machine falls on both.
                var without = round % 2 == 0 ? Elapsed(Command(others, work)) : 0;
                var with = Tracked(cli, Command(others, work));
                runs.Add((with, round % 2 == 0 ? without : Elapsed(Command(others, work))));
            }

            double Of(Func<(Tracking With, double Without), double> value) => Median([.. runs.Select(value)]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {others + 1} | {Of(run => run.With.Samples):0} | {Of(run => run.With.Processor):0.000} | {Of(run => run.With.Sampling):0.0000} | {Of(run => run.With.Sampling / run.With.Seconds):0.000 %} | {Of(run => Math.Max(0, run.With.Processor - start) / run.With.Seconds):0.000 %} | {Of(run => run.With.Elapsed / run.Without):0.000} |"));
        }

        return 0;
    }

    /// <summary>The role of the observed process: so much work of one processor.</summary>
    public static int RunChild(string[] arguments)
    {
        Spin(long.Parse(arguments[0], CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>What one look at this process and its children takes, in time and in memory.</summary>
    private static void Samples(int count)
    {
        Console.WriteLine("| processes | processor time of a sample, us | bytes allocated |");
        Console.WriteLine("|---:|---:|---:|");
        foreach (var children in new[] { 1, 200 })
        {
            using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"p=; i=1; while [ $i -lt {children} ]; do sleep 1000 & p=\"$p $!\"; i=$((i+1)); done; echo ready; read line; kill $p; wait"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            shell.StandardOutput.ReadLine();
            var activity = ProcessTreeActivity.OfChildren();
            for (var i = 0; i < 50; i++) activity.Read();
            var (before, bytes) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < count; i++) activity.Read();
            var (took, allocated) = (Environment.CpuUsage.TotalTime - before, GC.GetAllocatedBytesForCurrentThread() - bytes);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {activity.Read().Processes} | {took.TotalMicroseconds / count:0} | {allocated / count} |"));
            shell.StandardInput.Close();
            shell.WaitForExit();
        }

        Console.WriteLine();
    }

    private static string[] Command(int others, long work)
    {
        string[] child = [.. Self(), Child, work.ToString(CultureInfo.InvariantCulture)];
        return others == 0 ? child : ["/bin/sh", "-c", Crowd, "sh", others.ToString(CultureInfo.InvariantCulture), .. child];
    }

    // Run by 'dotnet X.dll' or as a program of its own.
    private static string[] Self()
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, typeof(TrackBenchmark).Assembly.Location] : [program];
    }

    private static Tracking Tracked(string cli, string[] command)
    {
        var file = Path.GetTempFileName();
        try
        {
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(new ProcessStartInfo("dotnet", [cli, "track", "--json", file, "--", .. command]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            var text = process.StandardError.ReadToEnd();
            process.WaitForExit();
            var elapsed = watch.Elapsed.TotalSeconds;
            if (Own().Match(text) is not { Success: true } own) throw new InvalidOperationException($"vilfredo track failed: {text}");
            using var report = JsonDocument.Parse(File.ReadAllText(file));
            double Number(string name) => report.RootElement.GetProperty(name).GetDouble();
            return new(elapsed, Number("duration_s"), double.Parse(own.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture), Number("sampling_cpu_time_s"), Number("samples"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double Elapsed(string[] command)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return watch.Elapsed.TotalSeconds;
    }

    // The number of steps that takes about so much processor time.
    private static long Iterations(double seconds)
    {
        const long trial = 50_000_000;
        Spin(trial);
        var before = Environment.CpuUsage.TotalTime;
        Spin(trial);
        return (long)(trial * seconds / (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    private static void Spin(long steps)
    {
        var state = 88172645463325252UL;
        for (long i = 0; i < steps; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }

        if (state == 0) throw new InvalidOperationException("The generator never reaches 0.");
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is var place and >= 0 && place + 1 < args.Length ? args[place + 1] : null;

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    [GeneratedRegex(@"Tracking took (\S+) s of processor time in all")]
    private static partial Regex Own();

    /// <summary>A tracked run: elapsed seconds from outside and as reported, processor seconds of the tracker and of its samples, and their number.</summary>
    private readonly record struct Tracking(double Elapsed, double Seconds, double Processor, double Sampling, double Samples);
}
