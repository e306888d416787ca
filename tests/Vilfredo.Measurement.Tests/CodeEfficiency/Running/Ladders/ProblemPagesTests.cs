using Vilfredo.IO;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;

namespace Vilfredo.Measurement.Tests.CodeEfficiency.Running.Ladders;

public class ProblemPagesTests
{
    private const string Page = """
        # twice

        Return 2 n.

        sizes: 4 90
        tests: 2 1

        ```csharp generator
        static object[] Inputs(long size, int test, Random random) => [(int)size];
        ```

        ```csharp a loop, O(n)
        public static int Twice(int n)
        {
            var sum = 0;
            for (var i = 0; i < n; i++) sum += 2;
            return sum;
        }
        ```

        ```csharp at once, O(1)
        public static int Twice(int n) => 2 * n;
        ```

        ```csharp wrong: the square
        public static int Twice(int n) => n * n;
        ```
        """;

    [Fact]
    public void A_page_and_its_line_are_the_same_problem()
    {
        var problem = ProblemPages.Read(new StringReader(Page), "topics/arithmetic.md").Single();
        Assert.Equal(("twice", "Twice", "arithmetic", "Return 2 n."), (problem.Id, problem.EntryPoint, problem.Topic, problem.Description));
        Assert.Equal([true, true, false], problem.Solutions.Select(solution => solution.IsRight));
        Assert.Equal("public static int Twice(int n) => 2 * n;", problem.Reference);
        Assert.Equal([2, 1], [problem.Ladder!.Tests(0), problem.Ladder.Tests(1)]);
        var line = new StringWriter();
        LadderProblemFile.Write(line, [problem]);
        var read = RunnableProblemFile.Read(new StringReader(line.ToString()), "line").Single();
        Assert.Equal(problem.Prompt, read.Prompt);
        Assert.Equal(problem.Solutions, read.Solutions);
        Assert.Equal(problem.Ladder.Sizes, read.Ladder!.Sizes);
        Assert.Equal(problem.Ladder.Generator, read.Ladder.Generator);
        Assert.Contains("2 => S2.Twice(n)", SolutionBundle.Source(problem).Replace("_ =>", "2 =>", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sizes: 4 90", "", "lacks a line \"sizes:")]
    [InlineData("sizes: 4 90", "sizes: 4 x", "page.md:5: sizes: \"x\" is not a whole number above 0")]
    [InlineData("```csharp generator", "```csharp a generator", "lacks a block ```csharp generator")]
    [InlineData("# twice", "twice", "page.md:1: there is text before the first problem")]
    [InlineData("=> n * n;\n```", "=> n * n;", "is not closed")]
    public void What_a_page_lacks_is_named_with_its_line(string old, string changed, string message)
    {
        var page = Page.ReplaceLineEndings("\n").Replace(old, changed, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<InputFormatException>(() => ProblemPages.Read(new StringReader(page), "page.md")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"sizes\": [5]", "two or more")]
    [InlineData("\"sizes\": [5, 0]", "two or more")]
    [InlineData("\"sizes\": [5, 9], \"tests_per_level\": [1]", "tests_per_level")]
    [InlineData("\"sizes\": [5, 9], \"tests\": [{\"input\": [1]}]", "both \"tests\" and a \"generator\"")]
    public void A_line_with_a_generator_is_checked(string part, string message)
    {
        var line = $"{{\"task_id\": \"t\", \"entry_point\": \"F\", \"reference\": \"x\", \"generator\": \"y\", {part}}}";
        Assert.Contains(message, Assert.Throws<InputFormatException>(() => RunnableProblemFile.Read(new StringReader(line), "p")).Message, StringComparison.Ordinal);
    }
}
