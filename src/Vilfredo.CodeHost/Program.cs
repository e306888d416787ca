using System.Text.Json;

namespace Vilfredo.CodeHost;

/// <summary>The host process: reads a request, loads the sample, makes the calls, writes answers. See <see cref="HostProtocol"/>.</summary>
/// <remarks>It protects nothing by itself; its parent starts it inside a sandbox.</remarks>
internal static class Program
{
    private const string InheritedPrefix = "/dev/fd/";

    /// <summary>Runs the host.</summary>
    /// <param name="arguments">The file of the request and the file for the answers; <c>/dev/fd/N</c> for open descriptors.</param>
    private static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("usage: Vilfredo.CodeHost REQUEST ANSWERS (started by the code runner, not by hand)");
            return 2;
        }

        using var answers = new FileStream(arguments[1], FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var writer = new AnswerWriter(answers);
        try
        {
            using var request = JsonDocument.Parse(File.ReadAllBytes(arguments[0]));
            foreach (var file in arguments)
            {
                if (file.StartsWith(InheritedPrefix, StringComparison.Ordinal)) ThreadClock.CloseInherited(int.Parse(file[InheritedPrefix.Length..]));
            }

            Serve(request.RootElement, writer);
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException or BadImageFormatException or TypeLoadException or MissingMethodException)
        {
            writer.WriteFailure($"{e.GetType().Name}: {e.Message}");
            return 3;
        }

        // Not by returning: threads that the sample started would keep the process alive.
        Console.Out.Flush();
        ThreadClock.ExitNow(0);
        return 0;
    }

    private static void Serve(JsonElement request, AnswerWriter answers)
    {
        var entry = new EntryPoint(
            request.GetProperty(HostProtocol.Assembly).GetBytesFromBase64(),
            request.GetProperty(HostProtocol.Type).GetString()!,
            request.GetProperty(HostProtocol.Method).GetString()!);
        var watchdog = new Watchdog(
            request.GetProperty(HostProtocol.CpuLimit).GetDouble(), request.GetProperty(HostProtocol.WallLimit).GetDouble(), answers.WriteLimit);
        var runner = new CallRunner(
            entry, watchdog, answers, request.GetProperty(HostProtocol.WarmUp).GetInt32(), request.GetProperty(HostProtocol.Repeats).GetInt32(),
            request.GetProperty(HostProtocol.Prepared).GetInt32());
        answers.Write(writer => writer.WriteString(HostProtocol.Ready, ".NET " + Environment.Version));

        // A deep recursion that is right deserves more stack than the main thread's.
        var thread = new Thread(
            () =>
            {
                var index = 0;
                foreach (var call in request.GetProperty(HostProtocol.Calls).EnumerateArray()) runner.Make(index++, call);
                answers.Write(writer => writer.WriteBoolean(HostProtocol.Done, true));
            },
            request.GetProperty(HostProtocol.StackBytes).GetInt32());
        thread.Start();
        thread.Join();
    }
}
