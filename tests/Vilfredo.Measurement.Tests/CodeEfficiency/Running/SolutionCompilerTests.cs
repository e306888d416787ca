using System.Reflection;
using System.Runtime.Loader;
using Vilfredo.Measurement.CodeEfficiency.Running.Compiling;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running;

public class SolutionCompilerTests
{
    [Theory]
    [InlineData("public static class A { public static int F(int n) => n + 1; }", "A")]
    [InlineData("class A { internal static int F(int n) => n + 1; }", "A")]
    [InlineData("public class Solution { public int F(int n) => n + 1; }", "Solution")]
    [InlineData("namespace N { public class A { public class B { public static int F(int n) => n + 1; } } }", "N.A+B")]
    [InlineData("int F(int n) => n + 1;", "Solution")]
    [InlineData("static int F(int n) { return n + 1; }\nConsole.WriteLine(F(3));", "Solution")]
    [InlineData("public static int F(int n) { return n + One; }\nprivate const int One = 1;", "Solution")]
    [InlineData("using System;\nconst int One = 1;\nint[] table = [0, 1];\nint F(int n) => n + table[One];", "Solution")]
    [InlineData("public class Solution { }\npublic static int F(int n) => n + 1;", "LooseMembers")]
    [InlineData("int F(int n) => G(n).Next;\nint One() => 1;\nNode G(int n) => new(n + One());\nrecord Node(int Next);", "Solution")]
    [InlineData("public class P { public static void Main() { F(1); } public static int F(int n) => n + 1; }", "P")]
    public void Every_usual_form_of_an_answer_compiles(string source, string type)
    {
        var result = SolutionCompiler.Compile(source, "F");
        Assert.Empty(result.Errors);
        Assert.Equal(type, result.Solution!.TypeName);
        Assert.Equal(4, Call(result.Solution, 3));
    }

    [Fact]
    public void The_entry_point_may_name_its_type()
    {
        const string source = "public class A { public static int F(int n) => n; } public class B { public static int F(int n) => n + 1; }";
        Assert.Equal("A", SolutionCompiler.Compile(source, "F").Solution!.TypeName);
        Assert.Equal("B", SolutionCompiler.Compile(source, "B.F").Solution!.TypeName);
    }

    [Fact]
    public void The_same_source_gives_the_same_bytes()
    {
        const string source = "int F(int n) => n + 1;";
        var first = SolutionCompiler.Compile(source, "F").Solution!.Assembly;
        Assert.Equal(first.ToArray(), SolutionCompiler.Compile(source, "F").Solution!.Assembly.ToArray());
    }

    [Theory]
    [InlineData("int G(int n) => n;", "'F'; the sample has G")]
    [InlineData("", "the sample has none")]
    [InlineData("class A { public static T F<T>(T n) => n; }", "generic")]
    [InlineData("class A { public A(int x) { } public int F(int n) => n; }", "static")]
    [InlineData("class A { public static int F(ref int n) => n; }", "by value")]
    [InlineData("unsafe class A { public static int F(int n) => *(&n); }", "CS0227")]
    public void What_cannot_be_called_is_an_error_with_its_reason(string source, string part)
    {
        var result = SolutionCompiler.Compile(source, "F");
        Assert.Null(result.Solution);
        Assert.Contains(part, Assert.Single(result.Errors));
    }

    [Theory]
    [InlineData("public class A\n{\n    public static int F(int n) => missing;\n}")]
    [InlineData("using System;\n// A bare method.\nint F(int n) => missing;")]
    public void Errors_have_the_line_of_the_sample(string source)
    {
        var error = Assert.Single(SolutionCompiler.Compile(source, "F").Errors);
        Assert.StartsWith("(3,", error);
        Assert.Contains("CS0103", error);
    }

    [Fact]
    public void Overflow_wraps_around_as_the_language_has_it()
    {
        var solution = SolutionCompiler.Compile("int F(int n) => n + int.MaxValue;", "F").Solution!;
        Assert.Equal(int.MinValue, Call(solution, 1));
    }

    private static object? Call(CompiledSolution solution, int argument)
    {
        var context = new AssemblyLoadContext("test", isCollectible: true);
        try
        {
            var type = context.LoadFromStream(new MemoryStream(solution.Assembly.ToArray())).GetType(solution.TypeName, throwOnError: true)!;
            var method = type.GetMethod(solution.MethodName, BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;
            return method.Invoke(method.IsStatic ? null : Activator.CreateInstance(type), [argument]);
        }
        finally
        {
            context.Unload();
        }
    }
}
