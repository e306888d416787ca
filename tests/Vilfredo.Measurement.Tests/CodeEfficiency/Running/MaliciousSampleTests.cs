using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Sandbox;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running;

/// <summary>Samples that attack, with the policy switched off: what is tested is the sandbox.</summary>
public sealed class MaliciousSampleTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [InlineData("for i in 1 2 3 4 5 6 7 8 9; do sleep 100 & done; wait")]
    [InlineData("b() { b | b & }; b; sleep 100")]
    public async Task A_fork_bomb_is_stopped_and_nothing_of_it_survives(string script)
    {
        var marker = NewMarker();
        var source = $$"""
            int F()
            {
                var shell = new System.Diagnostics.ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", ": {{marker}}; {{script}}" } };
                System.Diagnostics.Process.Start(shell)!.WaitForExit();
                System.Threading.Thread.Sleep(50_000);
                return 1;
            }
            """;
        var run = await samples.RunAsync(source, settings: Samples.NoPolicy with { Limits = Samples.Limits with { WallTime = TimeSpan.FromSeconds(5) } });

        // A bomb that runs into the kernel's cap may end by itself before it is counted, and its shell with it; the sample then sleeps.
        Assert.Contains(run.Verdict, (SampleVerdict[])[SampleVerdict.ProcessLimit, SampleVerdict.TimeLimit]);
        Assert.Empty(Survivors(marker));
    }

    [Fact]
    public async Task More_processes_than_allowed_are_a_process_limit()
    {
        var run = await AttackAsync("int F() { for (var i = 0; i < 9; i++) System.Diagnostics.Process.Start(\"/bin/sleep\", \"100\"); System.Threading.Thread.Sleep(50_000); return 1; }");
        Assert.Equal(SampleVerdict.ProcessLimit, run.Verdict);
        Assert.Equal(LimitKind.Processes, run.Calls[0].LimitUsed);
    }

    [Fact]
    public async Task A_daemon_does_not_outlive_its_sample()
    {
        var marker = NewMarker();
        var run = await AttackAsync($$"""
            int F()
            {
                var shell = new System.Diagnostics.ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "setsid sh -c 'sleep 100; : {{marker}}' >/dev/null 2>&1 &" } };
                System.Diagnostics.Process.Start(shell)!.WaitForExit();
                return 1;
            }
            """);
        Assert.Equal(SampleVerdict.Completed, run.Verdict);
        Assert.Empty(Survivors(marker));
    }

    [Fact]
    public async Task A_bomb_of_managed_memory_is_a_memory_limit()
    {
        var run = await AttackAsync("int F() { var all = new List<byte[]>(); while (true) { var part = new byte[1 << 20]; Array.Fill(part, (byte)1); all.Add(part); } }");
        Assert.Equal(SampleVerdict.MemoryLimit, run.Verdict);
        Assert.Equal(LimitKind.Memory, run.Calls[0].LimitUsed);
    }

    [Fact]
    public async Task A_bomb_of_native_memory_is_a_memory_limit()
    {
        var run = await AttackAsync("int F() { while (true) { var part = System.Runtime.InteropServices.Marshal.AllocHGlobal(1 << 20); for (var i = 0; i < 1 << 20; i += 4096) System.Runtime.InteropServices.Marshal.WriteByte(part, i, 1); } }");
        Assert.Equal(SampleVerdict.MemoryLimit, run.Verdict);
    }

    [Fact]
    public async Task Endless_output_is_an_output_limit()
    {
        var run = await AttackAsync("int F() { while (true) Console.WriteLine(\"again and again and again\"); }");
        Assert.Equal(SampleVerdict.OutputLimit, run.Verdict);
    }

    [Theory]
    [InlineData("int F() { System.Threading.Thread.Sleep(100_000); return 1; }", LimitKind.WallTime)]
    [InlineData("int F() { while (true) { } }", LimitKind.CpuTime)]
    [InlineData("int F() { while (true) { try { while (true) { } } catch { } finally { F(); } } }", LimitKind.CpuTime)]
    [InlineData("int F() { while (true) { try { System.Threading.Thread.Sleep(100); throw new OperationCanceledException(); } catch (Exception) { } } }", LimitKind.WallTime)]
    [InlineData("int F() { Console.CancelKeyPress += (_, e) => e.Cancel = true; System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, c => c.Cancel = true); AppDomain.CurrentDomain.ProcessExit += (_, _) => F(); while (true) { } }", LimitKind.CpuTime)]
    [InlineData("int F() { for (var i = 0; i < 2; i++) new System.Threading.Thread(() => { while (true) { } }).Start(); System.Threading.Thread.Sleep(100_000); return 1; }", LimitKind.CpuTime)]
    public async Task Neither_a_loop_nor_sleep_nor_a_catch_holds_up_the_end(string source, LimitKind limit)
    {
        var limits = limit == LimitKind.CpuTime
            ? Samples.Limits with { CpuTime = TimeSpan.FromSeconds(0.4) }
            : Samples.Limits with { WallTime = TimeSpan.FromSeconds(1) };
        var settings = Samples.NoPolicy with { Limits = limits };
        var run = await samples.RunAsync(source, settings: settings);
        Assert.Equal(SampleVerdict.TimeLimit, run.Verdict);
        Assert.Equal(limit, run.Calls[0].LimitUsed);
    }

    [Fact]
    public async Task A_thread_that_is_left_running_does_not_hold_up_the_end()
    {
        var run = await AttackAsync("int F() { new System.Threading.Thread(() => System.Threading.Thread.Sleep(100_000)).Start(); return 1; }");
        Assert.Equal(SampleVerdict.Completed, run.Verdict);
    }

    [Fact]
    public async Task A_recursion_that_is_too_deep_is_a_crash_and_a_deep_one_is_not()
    {
        const string source = "int F(int n) => n == 0 ? 0 : 1 + F(n - 1);";
        Assert.Equal("100000", (await samples.RunAsync(source, "[[100000]]")).Calls[0].Output!.Value.GetRawText());
        var run = await samples.RunAsync("int F(int n) => n < 0 ? 0 : 1 + F(n + 1) + F(n + 2);", "[[0]]");
        Assert.Equal(SampleVerdict.Crash, run.Verdict);
        Assert.Contains("stack", run.Calls[0].Message);
    }

    [Theory]
    [InlineData("Environment.Exit(0);")]
    [InlineData("Environment.FailFast(\"x\");")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();")]
    public async Task Ending_the_process_is_a_crash(string statement)
    {
        var run = await AttackAsync($"int F() {{ {statement} return 1; }}");
        Assert.Equal(SampleVerdict.Crash, run.Verdict);
    }

    [Fact]
    public async Task Killing_the_parent_kills_nobody_else()
    {
        var run = await AttackAsync("""
            class A
            {
                [System.Runtime.InteropServices.DllImport("libc")] static extern int getppid();
                [System.Runtime.InteropServices.DllImport("libc")] static extern int kill(int process, int signal);
                public static int F() { for (var i = 0; i < 3; i++) { kill(getppid(), 9); kill(getppid(), 15); } return kill(-1, 0); }
            }
            """);
        // This process, which would be the victim, asks: the shell between is the parent, and in a namespace of processes it cannot be killed.
        Assert.Contains(run.Verdict, (SampleVerdict[])[SampleVerdict.Completed, SampleVerdict.Crash]);
        if (run.Sandbox!.Active.Contains(Protection.OwnProcesses)) Assert.Equal(SampleVerdict.Completed, run.Verdict);
    }

    [Fact]
    public async Task Other_processes_are_out_of_sight()
    {
        Assert.SkipUnless(await HasAsync(Protection.OwnProcesses), "this machine offers no process namespaces");
        var run = await AttackAsync("int F() => System.Diagnostics.Process.GetProcesses().Length;"); // the shell and itself
        Assert.Equal("2", run.Calls[0].Output!.Value.GetRawText());
    }

    [Fact]
    public async Task Nothing_is_written_outside_of_the_temporary_directory()
    {
        Assert.SkipUnless(await HasAsync(Protection.ReadOnlyFiles), "this machine does not allow a read-only view of its files");
        var target = Path.Combine(Path.GetTempPath(), NewMarker());
        var run = await AttackAsync($$"""
            string F()
            {
                System.IO.File.WriteAllText("inside", "x");
                try { System.IO.File.WriteAllText("{{target}}", "x"); return "written"; }
                catch (System.IO.IOException) { return System.IO.File.ReadAllText("inside") + System.IO.Directory.GetFiles(".").Length; }
            }
            """);
        Assert.Equal("x1", run.Calls[0].Output!.Value.GetString());
        Assert.False(File.Exists(target));
    }

    [Fact]
    public async Task Disks_and_sockets_of_services_are_out_of_reach()
    {
        Assert.SkipUnless(await HasAsync(Protection.OwnDevices) && await HasAsync(Protection.HiddenServices), "this machine does not allow to hide its devices and services");
        var run = await AttackAsync("""
            List<string> F()
            {
                System.IO.File.WriteAllText("/dev/null", "x");
                foreach (var folder in new[] { "/dev", "/run" })
                {
                    try { System.IO.File.WriteAllText(folder + "/file", "x"); return ["written"]; } catch (System.IO.IOException) { }
                }

                return [.. System.IO.Directory.GetFileSystemEntries("/dev").Order(StringComparer.Ordinal), .. System.IO.Directory.GetFileSystemEntries("/run")];
            }
            """);
        Assert.Equal("[\"/dev/fd\",\"/dev/full\",\"/dev/null\",\"/dev/random\",\"/dev/urandom\",\"/dev/zero\"]", run.Calls[0].Output!.Value.GetRawText());
    }

    [Fact]
    public async Task Files_have_a_largest_size()
    {
        var run = await AttackAsync("int F() { using var file = System.IO.File.Create(\"big\"); var part = new byte[1 << 20]; for (var i = 0; i < 1000; i++) file.Write(part); return 1; }");
        Assert.Contains(run.Verdict, (SampleVerdict[])[SampleVerdict.Exception, SampleVerdict.Crash]);
    }

    [Theory]
    [InlineData("new System.Net.Sockets.TcpClient().Connect(System.Net.IPAddress.Loopback, PORT); return 1;")]
    [InlineData("new System.Net.Sockets.UdpClient().Send(new byte[1], 1, \"192.0.2.1\", 53); return 1;")]
    public async Task There_is_no_network(string statements)
    {
        Assert.SkipUnless(await HasAsync(Protection.NoNetwork), "this machine offers no network namespaces");
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var run = await AttackAsync($"int F() {{ {statements.Replace("PORT", port.ToString(), StringComparison.Ordinal)} }}");
        Assert.Equal("System.Net.Sockets.SocketException", run.Calls[0].ExceptionType);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Secrets_in_the_environment_stay_outside()
    {
        Environment.SetEnvironmentVariable("VILFREDO_TEST_API_KEY", "secret");
        var run = await AttackAsync("string? F() => Environment.GetEnvironmentVariable(\"VILFREDO_TEST_API_KEY\");");
        Assert.Equal("null", run.Calls[0].Output!.Value.GetRawText());
    }

    [Fact]
    public async Task Privileges_cannot_be_gained()
    {
        Assert.SkipUnless(await HasAsync(Protection.NoPrivileges), "this machine does not allow to give privileges up");
        var run = await AttackAsync("""
            int F()
            {
                var shell = new System.Diagnostics.ProcessStartInfo("/bin/sh")
                {
                    ArgumentList = { "-c", "mount -o remount,rw / || unshare --user --map-root-user --mount mount -o remount,rw /" },
                    RedirectStandardError = true,
                };
                var process = System.Diagnostics.Process.Start(shell)!;
                process.WaitForExit();
                return process.ExitCode == 0 ? 1 : 0;
            }
            """);
        Assert.Equal("0", run.Calls[0].Output!.Value.GetRawText());
    }

    [Fact]
    public async Task Without_namespaces_the_result_says_what_is_missing_and_limits_hold_all_the_same()
    {
        using var runner = new SampleRunner(allowNamespaces: false);
        var sample = new SampleProgram { Source = "int F(int n) { while (n == 1) { } return n; }", EntryPoint = "F" };
        var limits = Samples.Limits with { CpuTime = TimeSpan.FromSeconds(0.3) };
        var run = await runner.RunAsync(sample, Samples.Calls("[[0], [1]]"), new RunSettings { Limits = limits });
        Assert.Equal([SampleVerdict.Completed, SampleVerdict.TimeLimit], run.Calls.Select(call => call.Verdict));
        Assert.False(run.Sandbox!.IsComplete);
        Assert.Contains(Protection.NoNetwork, run.Sandbox.Missing);
        Assert.Contains(Protection.ReadOnlyFiles, run.Sandbox.Missing);
        Assert.Contains("switched off", run.Sandbox.Reason);
    }

    [Fact]
    public async Task Without_namespaces_neither_a_daemon_nor_a_parent_s_killer_gets_away()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux can look into all processes");
        var marker = NewMarker();
        using var runner = new SampleRunner(allowNamespaces: false);
        var daemon = $$"""
            int F()
            {
                var shell = new System.Diagnostics.ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "setsid sh -c 'sleep 100; : {{marker}}' >/dev/null 2>&1 &" } };
                System.Diagnostics.Process.Start(shell)!.WaitForExit();
                return 1;
            }
            """;
        Assert.Equal(SampleVerdict.Completed, (await RunAsync(daemon)).Verdict);
        Assert.Empty(Survivors(marker));

        const string killer = """
            class A
            {
                [System.Runtime.InteropServices.DllImport("libc")] static extern int getppid();
                [System.Runtime.InteropServices.DllImport("libc")] static extern int kill(int process, int signal);
                public static int F() { kill(getppid(), 9); System.Threading.Thread.Sleep(50_000); return 1; }
            }
            """;
        Assert.Equal(SampleVerdict.Crash, (await RunAsync(killer)).Verdict); // its parent is a shell, which ends; the runner does not

        Task<SampleRun> RunAsync(string source) =>
            runner.RunAsync(new SampleProgram { Source = source, EntryPoint = "F" }, Samples.Calls("[[]]"), Samples.NoPolicy);
    }

    private Task<SampleRun> AttackAsync(string source) => samples.RunAsync(source, settings: Samples.NoPolicy);

    private async Task<bool> HasAsync(Protection protection) => (await samples.Runner.ProtectionsAsync()).Active.Contains(protection);

    private static string NewMarker() => "marker" + Guid.NewGuid().ToString("N");

    /// <summary>Live processes with the marker in their command line.</summary>
    private static List<string> Survivors(string marker)
    {
        var found = new List<string>();
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                var line = File.ReadAllText(Path.Combine(folder, "cmdline"));
                if (line.Contains(marker, StringComparison.Ordinal)) found.Add(line);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The process is gone.
            }
        }

        return found;
    }
}
