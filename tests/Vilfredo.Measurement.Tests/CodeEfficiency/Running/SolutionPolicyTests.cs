using Vilfredo.Measurement.CodeEfficiency.Running.Compiling;
using Vilfredo.Measurement.CodeEfficiency.Running.Policy;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running;

public class SolutionPolicyTests
{
    [Theory]
    [InlineData("IEnumerable<int> F(int n) { for (var i = 0; i < n; i++) yield return i; }")]
    [InlineData("int F(int n) { var memo = new Dictionary<(int, string), List<int>>(); memo[(n, \"a\")] = [1, 2, 3]; return memo.Values.Sum(list => list.Count); }")]
    [InlineData("record Node(int Value, Node? Next);\nint F(int n) => new Node(n, null) with { Value = 2 } is { Value: var v } ? v : 0;")]
    [InlineData("int F(int n) { Span<int> row = stackalloc int[] { 1, 2, 3 }; row.Sort(); return row[^1] + \"abc\".AsSpan()[1..].Length; }")]
    [InlineData("string F(int n) { var text = new StringBuilder(); text.Append($\"{n:F2} {n,5}\").AppendLine(); return Regex.Replace(text.ToString(), \"[0-9]\", \"x\"); }")]
    [InlineData("BigInteger F(int n) => BigInteger.ModPow(n, 3, 7) + (BigInteger)Math.Sqrt(n) + (BigInteger)Complex.Abs(new Complex(1, 2)) + BitOperations.PopCount((uint)n);")]
    [InlineData("int F(int n) { try { checked { return n * n; } } catch (OverflowException e) { throw new ArgumentException(e.Message, nameof(n)); } finally { Console.WriteLine(n); } }")]
    [InlineData("int F(int n) { ReadOnlySpan<int> table = [1, 2, 3, 4, 5]; int[] all = [.. table, n]; return all[^1]; }")]
    [InlineData("class S { event Action? Done; readonly object gate = new(); int F(int n) { lock (gate) { Done += () => { }; Done?.Invoke(); } return n; } }")]
    [InlineData("int F(int n) { var queue = new PriorityQueue<int, (int, int)>(); queue.Enqueue(n, (1, 2)); var set = new SortedSet<int>(Comparer<int>.Create((a, b) => b - a)); return queue.Dequeue() + set.Count; }")]
    [InlineData("struct P : IEquatable<P> { public int X; public bool Equals(P o) => X == o.X; public override int GetHashCode() => HashCode.Combine(X); }\nT Max<T>(T a, T b) where T : INumber<T> => a > b ? a : b;\nint F(int n) => new HashSet<P> { default }.Count + Max(n, 2) + new Random(1).Next();")]
    [InlineData("delegate int Op(int a);\nenum Kind { A, B }\nint F(int n) { Op op = a => a + (int)Kind.B; return op(n) switch { 1 => 2, > 3 and < 9 => 4, _ => throw new InvalidOperationException() }; }")]
    [InlineData("object F(object n) => n is IList<int> list ? list.OrderByDescending(x => x).GroupBy(x => x % 2).ToDictionary(g => g.Key, g => g.ToList()) : new { A = 1, B = n.GetType().Name };")]
    [InlineData("string F(int n) => Convert.ToString(n, 2) + string.Join(\",\", Enumerable.Range(0, n)) + n.ToString(CultureInfo.InvariantCulture) + Encoding.UTF8.GetBytes(\"x\").Length + typeof(int).Name;")]
    public void Ordinary_code_is_allowed(string source) => Assert.Empty(Check(source));

    [Theory]
    [InlineData("void F() => System.IO.File.Delete(\"x\");", "System.IO.File")]
    [InlineData("void F() => new System.Net.Sockets.Socket(default, default);", "System.Net.Sockets.Socket")]
    [InlineData("void F() => new System.Net.Http.HttpClient();", "System.Net.Http.HttpClient")]
    [InlineData("void F() => System.Diagnostics.Process.Start(\"x\");", "System.Diagnostics.Process")]
    [InlineData("void F() => Environment.Exit(0);", "System.Environment.Exit")]
    [InlineData("void F() => Environment.FailFast(null);", "System.Environment.FailFast")]
    [InlineData("string? F() => Environment.GetEnvironmentVariable(\"x\");", "System.Environment.GetEnvironmentVariable")]
    [InlineData("void F() => new System.Threading.Thread(() => { }).Start();", "System.Threading.Thread")]
    [InlineData("void F() => System.Threading.Tasks.Task.Run(() => { });", "System.Threading.Tasks.Task")]
    [InlineData("int F(int n) => Enumerable.Range(0, n).AsParallel().Sum();", "System.Linq.ParallelEnumerable")]
    [InlineData("void F() => GC.Collect();", "System.GC")]
    [InlineData("object F() => AppDomain.CurrentDomain;", "System.AppDomain")]
    [InlineData("object F() => typeof(int).GetMethods();", "System.Type.GetMethods")]
    [InlineData("object F() => typeof(int).Assembly;", "System.Type.get_Assembly")]
    [InlineData("object? F() => Activator.CreateInstance(typeof(int));", "System.Activator")]
    [InlineData("object? F(Func<int> f) => f.DynamicInvoke();", "System.Delegate.DynamicInvoke")]
    [InlineData("int F(dynamic n) => n.Length;", "Microsoft.CSharp.RuntimeBinder")]
    [InlineData("void F() => Console.ReadLine();", "System.Console.ReadLine")]
    [InlineData("void F() => Console.OpenStandardOutput();", "System.Console.OpenStandardOutput")]
    [InlineData("class A { [System.Runtime.InteropServices.DllImport(\"libc\")] static extern int getppid(); int F() => getppid(); }", "DllImport")]
    [InlineData("class A { [System.Runtime.CompilerServices.ModuleInitializer] internal static void Start() { } int F() => 1; }", "ModuleInitializer")]
    [InlineData("object F() => System.Runtime.InteropServices.Marshal.AllocHGlobal(1);", "System.Runtime.InteropServices.Marshal")]
    [InlineData("object F() => System.Reflection.Assembly.GetExecutingAssembly();", "System.Reflection.Assembly")]
    [InlineData("object F() => System.Diagnostics.Stopwatch.StartNew();", "System.Diagnostics.Stopwatch")]
    public void What_reaches_outside_is_refused_by_name(string source, string subject) =>
        Assert.Contains(Check(source), violation => violation.Subject.StartsWith(subject, StringComparison.Ordinal));

    [Fact]
    public void Something_that_is_no_assembly_is_an_error() =>
        Assert.Throws<BadImageFormatException>(() => SolutionPolicy.Check(new byte[] { 1, 2, 3 }));

    private static IReadOnlyList<PolicyViolation> Check(string source)
    {
        var result = SolutionCompiler.Compile(source, "F");
        Assert.Empty(result.Errors);
        return SolutionPolicy.Check(result.Solution!.Assembly);
    }
}
