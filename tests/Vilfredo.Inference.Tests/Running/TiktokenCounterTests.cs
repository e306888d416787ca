using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Tests.Running;

public class TiktokenCounterTests
{
    private readonly TiktokenCounter _counter = new();

    // As OpenAI's cookbook "How to count tokens with tiktoken" prints them for o200k_base, and its sentence of the guide.
    [Theory]
    [InlineData("", 0)]
    [InlineData("hello world", 2)]
    [InlineData("tiktoken is great!", 6)]
    [InlineData("antidisestablishmentarianism", 6)]
    [InlineData("2 + 2 = 4", 7)]
    [InlineData("お誕生日おめでとう", 8)]
    public void Counts_are_those_of_tiktoken(string text, int tokens) => Assert.Equal(tokens, _counter.Count(text));

    [Fact]
    public void A_text_of_words_is_counted_as_a_whole()
    {
        const string Sentence = "The quick brown fox jumps over the lazy dog. ";
        Assert.Equal(10, _counter.Count(Sentence.TrimEnd()));
        Assert.Equal(10 * 1000 + 1, _counter.Count(string.Concat(Enumerable.Repeat(Sentence, 1000)))); // the last blank is a token of its own
    }

    [Theory]
    [InlineData("a")]
    [InlineData("字")]
    [InlineData(" ")]
    [InlineData("😀")]
    public void A_long_run_without_a_blank_is_counted_in_parts_so_that_its_time_grows_with_its_length_only(string character)
    {
        var part = string.Concat(Enumerable.Repeat(character, 128 / character.Length));
        Assert.Equal(1000 * _counter.Count(part), _counter.Count(string.Concat(Enumerable.Repeat(part, 1000))));
    }

    [Fact]
    public void An_endpoints_tokens_are_counted_quickly_before_a_call_and_closely_after_it()
    {
        ITokenCounter counter = new EndpointTokenCounter();
        Assert.Equal(7, counter.Count("antidisestablishmentarianism"));
        Assert.Equal(6, counter.OfUsage.Count("antidisestablishmentarianism"));
        Assert.Equal(4 + 6, counter.OfUsage.Count([new ChatMessage(ChatRole.User, "antidisestablishmentarianism")]));
    }

    [Fact]
    public void A_counter_that_was_given_counts_usage_too()
    {
        ITokenCounter counter = new CharacterTokenCounter(1);
        Assert.Same(counter, counter.OfUsage);
    }
}
