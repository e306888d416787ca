using System.Text.Json;
using Vilfredo.CodeHost;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Hosting;

/// <summary>What a host has answered before it ended, however it ended.</summary>
internal sealed class HostAnswers
{
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 1000 };

    private readonly CallResult?[] results;

    private HostAnswers(int calls) => results = new CallResult?[calls];

    /// <summary>The runtime's name, when the host came that far.</summary>
    public string? Runtime { get; private set; }

    /// <summary>The call that had begun and not ended.</summary>
    public int? InFlight { get; private set; }

    /// <summary>Why the source is not of its language, for languages that are not compiled before.</summary>
    public string? CompileError { get; private set; }

    /// <summary>Whether all calls were made.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Why the host could not do its work.</summary>
    public string? Failure { get; private set; }

    /// <summary>The result of a call, when it has one.</summary>
    public CallResult? this[int call] => results[call];

    /// <summary>Reads the answers; a last line that was cut off in the middle does not count.</summary>
    /// <param name="file">The file.</param>
    /// <param name="calls">How many calls there were in the request.</param>
    public static HostAnswers Read(string file, int calls)
    {
        var answers = new HostAnswers(calls);
        foreach (var line in File.ReadLines(file))
        {
            if (line.Length == 0) continue;
            try
            {
                using var parsed = JsonDocument.Parse(line, Depth);
                answers.Take(parsed.RootElement);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                answers.Failure ??= $"an answer of the host cannot be read ({e.Message})";
                break;
            }
        }

        return answers;
    }

    private void Take(JsonElement answer)
    {
        if (answer.TryGetProperty(HostProtocol.Ready, out var runtime)) Runtime = runtime.GetString();
        else if (answer.TryGetProperty(HostProtocol.Begin, out var begun)) InFlight = Index(begun);
        else if (answer.TryGetProperty(HostProtocol.Failed, out var failure)) Failure = failure.GetString();
        else if (answer.TryGetProperty(HostProtocol.Compile, out var error)) CompileError = error.GetString();
        else if (answer.TryGetProperty(HostProtocol.Done, out _)) IsDone = true;
        else if (answer.TryGetProperty(HostProtocol.Call, out var call))
        {
            results[Index(call)] = Result(answer);
            InFlight = null;
        }
    }

    private int Index(JsonElement value) =>
        value.GetInt32() is var index && index >= 0 && index < results.Length ? index : throw new FormatException("there is no such call");

    private static CallResult Result(JsonElement answer)
    {
        if (answer.TryGetProperty(HostProtocol.Limit, out var limit))
        {
            var kind = limit.GetString() == HostProtocol.Wall ? LimitKind.WallTime : LimitKind.CpuTime;
            return new CallResult
            {
                Verdict = SampleVerdict.TimeLimit,
                LimitUsed = kind,
                Message = kind == LimitKind.WallTime ? "passed its limit of wall time" : "passed its limit of CPU time",
            };
        }

        if (answer.TryGetProperty(HostProtocol.Error, out var error))
        {
            var type = error.GetString();
            var isMemory = type is "System.OutOfMemoryException" or "MemoryError";
            return new CallResult
            {
                Verdict = isMemory ? SampleVerdict.MemoryLimit : SampleVerdict.Exception,
                LimitUsed = isMemory ? LimitKind.Memory : null,
                ExceptionType = type,
                Message = answer.GetProperty(HostProtocol.Message).GetString(),
            };
        }

        return new CallResult
        {
            Verdict = SampleVerdict.Completed,
            Output = answer.GetProperty(HostProtocol.Output).Clone(),
            Runs = [.. answer.GetProperty(HostProtocol.Runs).EnumerateArray().Select(run => new RunCost(
                Number(run[0]), run[1].GetDouble(), run[2].GetDouble(), Number(run[3]) is { } bytes ? (long)bytes : null))],
        };
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();
}
