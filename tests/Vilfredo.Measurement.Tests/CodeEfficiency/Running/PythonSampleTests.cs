using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Sandbox;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running;

public sealed class PythonSampleTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [InlineData("def f(a, b): return a + b", "[[1, 2]]", "3")]
    [InlineData("def f(a): return sorted(a), {1: 2.5}, {'k': None}, {3}", "[[[3, 1]]]", "[[1, 3], {\"$map\": [[1, 2.5]]}, {\"k\": null}, {\"$set\": [3]}]")]
    [InlineData("def f(a): return a", "[[{\"$float\": \"Infinity\"}]]", "{\"$float\": \"Infinity\"}")]
    [InlineData("def f(a):\n    for i in range(a): yield i", "[[3]]", "[0, 1, 2]")]
    [InlineData("def f(n): return 2 ** n", "[[70]]", "1180591620717411303424")]
    [InlineData("def f(): return len(str(10 ** 5000))", "[[]]", "5001")]
    [InlineData("def f(a): return 1 in a", "[[{\"$set\": [1]}]]", "true")]
    public async Task Values_go_in_and_come_back(string source, string calls, string output)
    {
        var run = await samples.RunPythonAsync(source, calls);
        Assert.Null(run.Calls[0].Message);
        Assert.Equal(output, run.Calls[0].Output!.Value.GetRawText());
    }

    [Fact]
    public async Task Every_run_is_measured_and_finds_a_fresh_module()
    {
        var run = await samples.RunPythonAsync("seen = []\ndef f(a):\n    seen.append(1)\n    a.append(1)\n    return len(seen) * 10 + len(a)", "[[[]]]", new RunSettings { WarmUp = 1, Repeats = 3 });
        Assert.Equal("11", run.Calls[0].Output!.Value.GetRawText());
        Assert.Equal(3, run.Calls[0].Runs.Count);
        Assert.All(run.Calls[0].Runs, cost => Assert.True(cost is { ThreadCpuSeconds: >= 0, ProcessCpuSeconds: >= 0, WallSeconds: >= 0, AllocatedBytes: null }));
        Assert.StartsWith("Python 3.", run.Runtime);
    }

    [Theory]
    [InlineData("def f(: pass", SampleVerdict.CompileError)]
    [InlineData("def g(): pass", SampleVerdict.Exception)]
    [InlineData("def f(): return 1 / 0", SampleVerdict.Exception)]
    [InlineData("def f(): return object()", SampleVerdict.Exception)]
    [InlineData("def f(): return f()", SampleVerdict.Exception)]
    [InlineData("import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __repr__(self): return repr(self)\ndef f(): return repr([A()]) and f()", SampleVerdict.Crash)]
    [InlineData("import sys\ndef f(): sys.exit(0)", SampleVerdict.Crash)]
    [InlineData("import os\ndef f(): os.abort()", SampleVerdict.Crash)]
    [InlineData("def f(): return len(bytearray(1 << 30))", SampleVerdict.MemoryLimit)]
    [InlineData("def f():\n    a = []\n    while True: a.append('x' * 1000000 + str(len(a)))", SampleVerdict.MemoryLimit)]
    [InlineData("def f():\n    while True: print('again and again')", SampleVerdict.OutputLimit)]
    [InlineData("import subprocess, time\ndef f():\n    a = [subprocess.Popen(['/bin/sleep', '100']) for i in range(9)]\n    time.sleep(50)", SampleVerdict.ProcessLimit)]
    public async Task Every_bad_end_has_its_verdict(string source, SampleVerdict verdict)
    {
        var run = await samples.RunPythonAsync(source);
        Assert.Equal(verdict, run.Verdict);
    }

    [Theory]
    [InlineData("def f():\n    while True: pass", LimitKind.CpuTime)]
    [InlineData("def f():\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass", LimitKind.CpuTime)]
    [InlineData("def f(): return pow(3, 10 ** 9)", LimitKind.CpuTime)] // never looks at a Python-level flag
    [InlineData("import time\ndef f(): time.sleep(100)", LimitKind.WallTime)]
    public async Task Limits_of_time_are_censored(string source, LimitKind limit)
    {
        var limits = limit == LimitKind.CpuTime
            ? Samples.Limits with { CpuTime = TimeSpan.FromSeconds(0.3), MemoryBytes = 1L << 30 }
            : Samples.Limits with { WallTime = TimeSpan.FromSeconds(1) };
        var run = await samples.RunPythonAsync(source, settings: new RunSettings { Limits = limits });
        Assert.Equal(SampleVerdict.TimeLimit, run.Verdict);
        Assert.Equal(limit, run.Calls[0].LimitUsed);
    }

    [Fact]
    public async Task A_sample_that_takes_the_signals_away_is_stopped_by_the_runner()
    {
        const string source = "import signal, time\ndef f():\n    for s in (signal.SIGPROF, signal.SIGALRM, signal.SIGTERM): signal.signal(s, signal.SIG_IGN)\n    time.sleep(100)";
        var limits = Samples.Limits with { WallTime = TimeSpan.FromSeconds(1), StartAllowance = TimeSpan.FromSeconds(4) };
        var run = await samples.RunPythonAsync(source, settings: new RunSettings { Limits = limits });
        Assert.Contains(run.Verdict, (SampleVerdict[])[SampleVerdict.TimeLimit, SampleVerdict.HostFailure]); // the latter where the machine is too busy to start it
    }

    [Theory]
    [InlineData("import socket\ndef f(): socket.create_connection(('192.0.2.1', 80), 5)", Protection.NoNetwork, "OSError")]
    [InlineData("def f(): open('/tmp/vilfredo-outside', 'w')", Protection.ReadOnlyFiles, "OSError")]
    [InlineData("import os, signal\ndef f():\n    for i in range(3): os.kill(os.getppid(), signal.SIGKILL)\n    raise OSError('alive')", Protection.OwnProcesses, "OSError")]
    public async Task The_sandbox_holds_for_Python_too(string source, Protection protection, string exception)
    {
        var run = await samples.RunPythonAsync(source);
        Assert.SkipUnless(run.Sandbox!.Active.Contains(protection), $"this machine does not offer {protection}");
        Assert.Equal(exception, run.Calls[0].ExceptionType);
    }
}
