using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies.Tests.Execution;

public class CommandTemplateTests
{
    private static readonly Dictionary<string, string> Values = new()
    {
        ["rate"] = "0.000125",
        ["depth"] = "12",
        ["name"] = "two words; $(rm -rf /) 'x'",
        ["trial"] = "7",
    };

    private static IReadOnlyList<string> Build(CommandTemplate template, Func<string, bool>? condition = null) =>
        template.Build(Values.GetValueOrDefault, condition ?? (_ => true));

    [Fact]
    public void A_value_stays_one_argument_whatever_it_holds() =>
        Assert.Equal(
            ["tool", "--name=two words; $(rm -rf /) 'x'", "two words; $(rm -rf /) 'x'"],
            Build(CommandTemplate.Parse(["tool", "--name={name}", "{name}"])));

    [Theory]
    [InlineData("{rate}", "0.000125")]
    [InlineData("{rate:0.00e0}", "1.25e-4")]
    [InlineData("{rate:F3}", "0.000")]
    [InlineData("{depth:D4}", "0012")]
    [InlineData("{depth:X}", "C")]
    [InlineData("{depth}-{trial}", "12-7")]
    [InlineData("{{{depth}}}", "{12}")]
    [InlineData("{{depth}}", "{depth}")]
    [InlineData("no knob", "no knob")]
    [InlineData("", "")]
    public void Placeholders_formats_and_braces_are_replaced(string template, string expected) =>
        Assert.Equal([expected], Build(CommandTemplate.Parse([template])));

    [Fact]
    public void Placeholders_are_known_with_their_places_before_anything_runs()
    {
        var template = CommandTemplate.Parse(["tool", "-x", "a{depth}{rate:0.0}"]);
        Assert.Equal([new("depth", null, 2, 1), new("rate", "0.0", 2, 8)], template.Placeholders);
    }

    [Theory]
    [InlineData("a{b", "'{'")]
    [InlineData("a}b", "'}'")]
    [InlineData("{}", "not a knob's name")]
    [InlineData("{a b}", "not a knob's name")]
    [InlineData("{print $1}", "not a knob's name")]
    [InlineData("{a:}", "not a numeric format")]
    [InlineData("{a:Q}", "not a numeric format")]
    public void A_malformed_template_is_refused_with_its_place(string template, string reason)
    {
        var error = Assert.Throws<FormatException>(() => CommandTemplate.Parse(["tool", template]));
        Assert.Contains(reason, error.Message);
        Assert.Contains("argument 1", error.Message);
    }

    [Fact]
    public void Arguments_under_a_condition_come_and_go_together_and_it_is_asked_once()
    {
        var template = CommandTemplate.Parse(
            [new CommandArgument("tool"), new("--depth", "tree"), new("{depth}", "tree"), new("--fast", "fast"), new CommandArgument("end")]);
        var asked = new List<string>();
        var arguments = Build(template, condition =>
        {
            asked.Add(condition);
            return condition == "tree";
        });
        Assert.Equal(["tool", "--depth", "12", "end"], arguments);
        Assert.Equal(["tree", "fast"], asked);
        Assert.Equal(["tree", "fast"], template.Conditions);
    }

    [Fact]
    public void A_value_that_is_missing_or_does_not_suit_its_format_is_named()
    {
        Assert.Contains("{nothing}", Assert.Throws<FormatException>(() => Build(CommandTemplate.Parse(["{nothing}"]))).Message);
        Assert.Contains("asks for a number", Assert.Throws<FormatException>(() => Build(CommandTemplate.Parse(["{name:0.0}"]))).Message);
        Assert.Contains("whole numbers", Assert.Throws<FormatException>(() => Build(CommandTemplate.Parse(["{rate:D4}"]))).Message);
        var conditional = CommandTemplate.Parse([new CommandArgument("tool", "never")]);
        Assert.Contains("no program", Assert.Throws<FormatException>(() => Build(conditional, _ => false)).Message);
        Assert.Throws<ArgumentException>(() => CommandTemplate.Parse(Array.Empty<string>()));
    }
}
