using CsCheck;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Privacy;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Strategies.Voting;

namespace Vilfredo.Inference.Tests.Privacy;

public class PrivacyTests
{
    [Theory]
    [InlineData("4111 1111 1111 1111", true)]
    [InlineData("4111-1111-1111-1111", true)]
    [InlineData("378282246310005", true)] // 15 digits
    [InlineData("6011000990139424", true)]
    [InlineData("4111 1111 1111 1112", false)]
    [InlineData("0000 0000 0000 0000", false)]
    [InlineData("79927398713", false)] // passes Luhn, too short
    [InlineData("4111x111111111111", false)]
    public void Cards_pass_Luhns_check(string text, bool isCard) => Assert.Equal(isCard, PersonalData.IsCard(text));

    [Theory]
    [InlineData("GB82 WEST 1234 5698 7654 32", true)]
    [InlineData("DE89370400440532013000", true)]
    [InlineData("FR14 2004 1010 0505 0001 3M02 606", true)]
    [InlineData("NO93 8601 1117 947", true)] // the shortest
    [InlineData("gb82west12345698765432", true)]
    [InlineData("GB83 WEST 1234 5698 7654 32", false)]
    [InlineData("DE8937040044", false)]
    public void Account_numbers_pass_the_check_by_97(string text, bool isIban) => Assert.Equal(isIban, PersonalData.IsIban(text));

    [Theory]
    [InlineData("Write to jo.doe+x@mail.example.org, please.", "jo.doe+x@mail.example.org")]
    [InlineData("a@b and @name and a@b.c1 are none")]
    [InlineData("Call +49 (30) 1234-5678 or 00442079460958!", "+49 (30) 1234-5678", "00442079460958")]
    [InlineData("030 1234567, (555) 234-5678 and 555-234-5678", "030 1234567", "(555) 234-5678", "555-234-5678")]
    [InlineData("On 2024-01-05 at 10:30, 192.168.1.100, 3.14159265, 12 345 678 and 2 + 2 = 4; +5 - 3 is 2")]
    [InlineData("What is 4111111111111111 plus 1234567890123456?", "4111111111111111")]
    [InlineData("Pay to GB82 WEST 1234 5698 7654 32 by Monday", "GB82 WEST 1234 5698 7654 32")]
    [InlineData("card 4111 1111 1111 1111 12 items", "4111 1111 1111 1111")]
    [InlineData("")]
    public void What_has_their_form_is_found_and_nothing_else(string text, params string[] finds) => Assert.Equal(finds, PersonalData.In(text).Select(find => find.Text));

    [Fact]
    public void Masks_are_taken_off_again_whatever_is_around_them()
    {
        string[] data = ["jo@example.org", "+49 30 1234567", "4111 1111 1111 1111", "DE89370400440532013000", "[EMAIL_1]", "[", "]", "[x]", "words", "\n", "[PHONE_"];
        Gen.Int[0, data.Length - 1].Array[0, 12].Sample(places =>
        {
            var text = string.Join("; ", places.Select(place => data[place]));
            var mask = new PersonalDataMask(PersonalDataKind.All, [text]);
            var masked = mask.Mask(text);
            Assert.Equal(text, mask.Unmask(masked));
            Assert.Empty(PersonalData.In(masked));
            // Twice the same gives the same name.
            Assert.Equal(masked, mask.Mask(text));
            Assert.Equal(places.Where(place => place < 4).Distinct().Count(), mask.Originals.Count);
        });
    }

    [Fact]
    public void Only_the_kinds_that_are_wanted_are_masked()
    {
        const string Text = "jo@example.org, +49 30 1234567";
        Assert.Equal("[EMAIL_1], +49 30 1234567", new PersonalDataMask(PersonalDataKind.Email, [Text]).Mask(Text));
        Assert.Equal(Text, new PersonalDataMask(PersonalDataKind.None, [Text]).Mask(Text));
    }

    [Fact]
    public async Task The_model_sees_names_and_the_caller_the_data()
    {
        var model = new ScriptedChatClient(call => $"To [EMAIL_1]: you said '{call.Last}', [EMAIL_2] and [PHONE_9].");
        using var client = new PrivacyChatClient(model);
        ChatMessage[] messages = [new(ChatRole.System, "Help ann@example.org."), new(ChatRole.User, "I am bob@example.org, card 4111 1111 1111 1111.")];
        var response = await client.GetResponseAsync(messages, new() { Instructions = "Never mention ann@example.org." });
        Assert.Equal("To ann@example.org: you said 'I am bob@example.org, card 4111 1111 1111 1111.', bob@example.org and [PHONE_9].", response.Text);
        var seen = Assert.Single(model.Calls);
        Assert.Equal(["Help [EMAIL_1].", "I am [EMAIL_2], card [CARD_1]."], seen.Messages.Select(message => message.Text));
        Assert.Equal("Never mention [EMAIL_1].", seen.Options!.Instructions);
        // The caller's own are left as they are.
        Assert.Equal("I am bob@example.org, card 4111 1111 1111 1111.", messages[1].Text);
        // A name that the text has is the text's own.
        Assert.Equal("To [EMAIL_1]: you said '[EMAIL_1] is c@example.org', c@example.org and [PHONE_9].", (await client.GetResponseAsync("[EMAIL_1] is c@example.org")).Text);
    }

    [Fact]
    public async Task Calls_and_results_of_tools_are_masked_too()
    {
        var model = new ScriptedChatClient(_ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("2", "send", new Dictionary<string, object?> { ["to"] = "[EMAIL_1]", ["times"] = 2 })]))));
        using var client = new PrivacyChatClient(model);
        var response = await client.GetResponseAsync(
        [
            new(ChatRole.User, "Send it."), new(ChatRole.Assistant, [new FunctionCallContent("1", "find", new Dictionary<string, object?> { ["who"] = "ann@example.org" })]),
            new(ChatRole.Tool, [new FunctionResultContent("1", System.Text.Json.JsonSerializer.SerializeToElement(new { mail = "ann@example.org", age = 7 }))]),
        ]);
        var sent = Assert.Single(response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal(("ann@example.org", 2), (sent.Arguments!["to"], sent.Arguments["times"]));
        var seen = model.Calls[0].Messages.SelectMany(message => message.Contents).ToList();
        Assert.Equal("[EMAIL_1]", seen.OfType<FunctionCallContent>().Single().Arguments!["who"]);
        Assert.Equal("""{"mail":"[EMAIL_1]","age":7}""", seen.OfType<FunctionResultContent>().Single().Result!.ToString());
    }

    [Fact]
    public void A_stream_has_the_words_of_the_answer_wherever_it_is_cut()
    {
        const string Answer = "Dear [EMAIL_1], [note] [EMAIL_1][PHONE_1] [EMAIL_2] [EMAIL_";
        Gen.Int[1, 7].Array[1, 60].Sample(cuts =>
        {
            var pieces = new List<string>();
            var place = 0;
            for (var i = 0; place < Answer.Length; i++)
            {
                var length = Math.Min(cuts[i % cuts.Length], Answer.Length - place);
                pieces.Add(Answer.Substring(place, length));
                place += length;
            }

            using var client = new PrivacyChatClient(new Pieces(pieces));
            var text = string.Concat(client.GetStreamingResponseAsync("I am jo@example.org, +49 30 1234567.").ToBlockingEnumerable().Select(update => update.Text));
            Assert.Equal("Dear jo@example.org, [note] jo@example.org+49 30 1234567 [EMAIL_2] [EMAIL_", text);
        }, iter: 50);
        using var plain = new PrivacyChatClient(new Pieces(["a [", "b"]));
        Assert.Equal(["a [", "b"], plain.GetStreamingResponseAsync("Nothing here.").ToBlockingEnumerable().Select(update => update.Text));
    }

    [Fact]
    public async Task Below_a_strategy_every_call_is_masked()
    {
        var model = new ScriptedChatClient(_ => "Answer: [EMAIL_1]");
        using var client = new StrategyChatClient(new PrivacyChatClient(model), new MajorityVotingStrategy(3));
        Assert.Equal("Answer: jo@example.org", (await client.GetResponseAsync("Who is jo@example.org?")).Text);
        Assert.All(model.Calls, call => Assert.Equal("Who is [EMAIL_1]?", call.Last));
    }

    /// <summary>A model that streams given pieces.</summary>
    private sealed class Pieces(IReadOnlyList<string> pieces) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, string.Concat(pieces))));

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var piece in pieces)
                yield return new(ChatRole.Assistant, piece);
            await Task.CompletedTask;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
