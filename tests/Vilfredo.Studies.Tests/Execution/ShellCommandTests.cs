using CsCheck;
using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies.Tests.Execution;

public class ShellCommandTests
{
    private static readonly string[] Pieces =
        ["'", "\"", "$", "`", "\\", "$(echo x)", "\n", " ", ";", "&", "|", "#", "*", "~", "!", "a", "é", "-", "${HOME}", "<<E", "=", "(", ")"];

    /// <summary>Text that a shell would make something of wherever it could.</summary>
    private static readonly Gen<string> Nasty = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 8].Select(string.Concat);

    [Theory]
    [InlineData("printf %s {x}")]
    [InlineData("printf %s '{x}'")]
    [InlineData("printf %s \"{x}\"")]
    [InlineData("printf %s ''{x}\"\"")]
    [InlineData("printf %s \"$(printf %s y)\" >/dev/null; printf %s ok", true)]
    [InlineData("y=\"${{HOME}}\" # a comment\nprintf %s \"{x}\"")]
    [InlineData("if true; then printf %s \"$(printf 1)\" >/dev/null; fi; printf ok", true)]
    [InlineData("true $(printf %s '{x}'); v={x}; printf %s \"$v\"")]
    [InlineData("printf %s \\'{x} | cut -c 2-", null)]
    public async Task The_shell_reads_back_exactly_the_value(string line, bool? fixedOutput = false)
    {
        using var children = new Children();
        var template = CommandTemplate.ParseShell(line);
        var random = new List<string> { "", "'; echo injected; '", "\"; echo injected; \"", "$(echo injected)", "`echo injected`", "a\\", "\n", "-n" };
        Nasty.Sample(random.Add, iter: 8, threads: 1);
        foreach (var value in random)
        {
            var command = template.Build(_ => value, _ => true);
            var result = await children.RunAsync(children.Command(command[0], [.. command.Skip(1)]));
            Assert.Equal(0, result.ExitCode);
            if (fixedOutput == true) Assert.Equal("ok", result.StandardOutput.Text);
            else if (fixedOutput == false) Assert.Equal(value, result.StandardOutput.Text);
            else if (!value.Contains('\n')) Assert.Equal(value, result.StandardOutput.Text.TrimEnd('\n'));
        }
    }

    [Theory]
    [InlineData("echo `echo {x}`", "backquote")]
    [InlineData("echo \"$(echo {x})\"", "$(...) in double quotes")]
    [InlineData("echo \\{x}", "backslash")]
    [InlineData("echo ${x}", "dollar sign")]
    [InlineData("echo \"$A{x}\"", "variable's name")]
    [InlineData("echo $'{x}'", "$'...'")]
    [InlineData("echo ${{A:-{x}}}", "operator")]
    [InlineData("echo $(( {x} + 1 ))", "arithmetic")]
    [InlineData("true # {x}", "comment")]
    [InlineData("cat <<E\n{x}\nE", "here document")]
    public void Where_no_quoting_is_safe_a_placeholder_is_refused(string line, string reason)
    {
        var error = Assert.Throws<FormatException>(() => CommandTemplate.ParseShell(line));
        Assert.Contains(reason, error.Message);
        Assert.Contains("{x}", error.Message);
    }

    [Fact]
    public void A_shown_command_quotes_only_what_needs_it() =>
        Assert.Equal("tool --a=1 'two words' '' 'it'\\''s'", ShellQuoting.Join(["tool", "--a=1", "two words", "", "it's"]));

    [Fact]
    public void A_NUL_cannot_be_quoted() => Assert.Throws<ArgumentException>(() => ShellQuoting.Quote("a\0b"));
}
