using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Vilfredo.CodeHost;

/// <summary>Makes the calls of a request one after the other, and measures their runs.</summary>
internal sealed class CallRunner(EntryPoint entry, Watchdog watchdog, AnswerWriter answers, int warmUp, int repeats, int prepared)
{
    private readonly record struct Run(double? ThreadSeconds, double ProcessSeconds, double WallSeconds, long AllocatedBytes);

    public void Make(int index, JsonElement arguments)
    {
        answers.Write(writer => writer.WriteNumber(HostProtocol.Begin, index));
        var runs = new List<Run>(repeats);
        object? output = null;
        try
        {
            // All made before the first is run: then processes that differ in their repeats alone differ by the cost of those runs alone.
            var made = new Queue<PreparedCall>(Enumerable.Range(0, prepared).Select(_ => entry.Prepare(arguments)));
            for (var i = -warmUp; i < repeats; i++)
            {
                var (result, run) = Once(index, made.Count > 0 ? made.Dequeue() : entry.Prepare(arguments));
                if (i >= 0) runs.Add(run);
                if (i == 0) output = result;
            }

            answers.Write(writer => WriteResult(writer, index, output, runs));
        }
        catch (Exception e) when (e is not TargetInvocationException { InnerException: null })
        {
            watchdog.End();
            output = null;
            var cause = e is TargetInvocationException ? e.InnerException! : e;
            answers.Write(writer => WriteError(writer, index, cause));
        }
    }

    private (object? Output, Run Run) Once(int index, PreparedCall call)
    {
        if (repeats > 1 && prepared == 0)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }

        watchdog.Begin(index);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var wall = Stopwatch.GetTimestamp();
        var process = ThreadClock.ProcessSeconds();
        var thread = ThreadClock.ThreadSeconds();
        var output = call.Invoke();
        var threadEnd = ThreadClock.ThreadSeconds();
        var processEnd = ThreadClock.ProcessSeconds();
        var elapsed = Stopwatch.GetElapsedTime(wall);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        watchdog.End();
        return (output, new Run(threadEnd - thread, processEnd - process, elapsed.TotalSeconds, allocated));
    }

    private static void WriteResult(Utf8JsonWriter writer, int index, object? output, List<Run> runs)
    {
        writer.WriteNumber(HostProtocol.Call, index);
        writer.WritePropertyName(HostProtocol.Output);
        ValueWriter.Write(writer, output);
        writer.WriteStartArray(HostProtocol.Runs);
        foreach (var run in runs)
        {
            writer.WriteStartArray();
            if (run.ThreadSeconds is { } seconds) writer.WriteNumberValue(seconds);
            else writer.WriteNullValue();
            writer.WriteNumberValue(run.ProcessSeconds);
            writer.WriteNumberValue(run.WallSeconds);
            writer.WriteNumberValue(run.AllocatedBytes);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void WriteError(Utf8JsonWriter writer, int index, Exception cause)
    {
        const int longest = 1000;
        writer.WriteNumber(HostProtocol.Call, index);
        writer.WriteString(HostProtocol.Error, cause.GetType().FullName);
        writer.WriteString(HostProtocol.Message, cause.Message.Length <= longest ? cause.Message : cause.Message[..longest]);
    }
}
