namespace Vilfredo.CodeHost;

/// <summary>The words that a host and its parent exchange. The request is one JSON object, the answers are JSON objects, one a line.</summary>
/// <remarks>
/// Answers, in order: <see cref="Ready"/> once; per call <see cref="Begin"/> and then <see cref="Call"/> with an output, an error or a
/// limit; <see cref="Done"/> at the end, or <see cref="Failed"/> when the host itself could not work. Whoever is killed leaves the
/// lines before. Expected answers are never in the request. Code in the same process could write answers of its own: what an answer
/// says is as trustworthy as the sample.
/// </remarks>
public static class HostProtocol
{
    /// <summary>Request: the assembly, base64.</summary>
    public const string Assembly = "assembly";

    /// <summary>Request: the full name of the entry point's type.</summary>
    public const string Type = "type";

    /// <summary>Request: the entry point's name.</summary>
    public const string Method = "method";

    /// <summary>Request: the source text (languages that are not compiled before).</summary>
    public const string Source = "source";

    /// <summary>Request: a list of calls, each a list of arguments.</summary>
    public const string Calls = "calls";

    /// <summary>Request: untimed runs of each call before the timed ones.</summary>
    public const string WarmUp = "warmup";

    /// <summary>Request: timed runs of each call.</summary>
    public const string Repeats = "repeats";

    /// <summary>
    /// Request: how many runs of each call have their arguments made before the first is run, for meters that compare whole processes; 0 for
    /// each in its turn.
    /// </summary>
    public const string Prepared = "prepared";

    /// <summary>Request: CPU seconds that one run of a call may take.</summary>
    public const string CpuLimit = "cpuLimit";

    /// <summary>Request: wall seconds that one run of a call may take.</summary>
    public const string WallLimit = "wallLimit";

    /// <summary>Request: bytes of the stack that calls run on.</summary>
    public const string StackBytes = "stackBytes";

    /// <summary>Answer: the host is about to make its first call; the value names the runtime.</summary>
    public const string Ready = "ready";

    /// <summary>Answer: the source is not of the language; the value says why (languages that are not compiled before).</summary>
    public const string Compile = "compile";

    /// <summary>Answer: a call begins; the value is its index.</summary>
    public const string Begin = "begin";

    /// <summary>Answer: a call has ended; the value is its index.</summary>
    public const string Call = "call";

    /// <summary>Answer to a call: what it returned.</summary>
    public const string Output = "output";

    /// <summary>Answer to a call: one list per timed run of <c>[thread CPU s or null, process CPU s, wall s, allocated bytes]</c>.</summary>
    public const string Runs = "runs";

    /// <summary>Answer to a call: the full name of the exception's type.</summary>
    public const string Error = "error";

    /// <summary>Answer to a call: the exception's message.</summary>
    public const string Message = "message";

    /// <summary>Answer to a call: it passed a time limit and the process ends; the value is <see cref="Cpu"/> or <see cref="Wall"/>.</summary>
    public const string Limit = "limit";

    /// <summary>The limit of CPU time.</summary>
    public const string Cpu = "cpu";

    /// <summary>The limit of wall time.</summary>
    public const string Wall = "wall";

    /// <summary>Answer: all calls were made.</summary>
    public const string Done = "done";

    /// <summary>Answer: the host could not do its work; the value says why.</summary>
    public const string Failed = "failed";

    /// <summary>In values: the tag of an object that stands for a number JSON has no text for: <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>.</summary>
    public const string FloatTag = "$float";

    /// <summary>In values: the tag of an object that stands for a set.</summary>
    public const string SetTag = "$set";

    /// <summary>In values: the tag of an object that stands for a dictionary, as a list of pairs, where a key is not a string.</summary>
    public const string MapTag = "$map";
}
