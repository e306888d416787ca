using Vilfredo.IO;

namespace Vilfredo.Tests.IO;

public class ArgumentMessagesTests
{
    [Fact]
    public void The_parameter_and_the_given_value_are_the_frameworks_and_are_left_out()
    {
        var error = new ArgumentOutOfRangeException("count", 0, "There must be one.");
        Assert.StartsWith("There must be one.", ArgumentMessages.WithoutParameter(error), StringComparison.Ordinal);
        Assert.DoesNotContain("count", ArgumentMessages.WithoutParameter(error), StringComparison.Ordinal);
        Assert.Equal("There must be one", ArgumentMessages.FirstSentence(error));
    }

    [Fact]
    public void A_message_without_a_parameter_stays() =>
        Assert.Equal("No (Parameter here)", ArgumentMessages.FirstSentence(new ArgumentException("No (Parameter here).")));
}
