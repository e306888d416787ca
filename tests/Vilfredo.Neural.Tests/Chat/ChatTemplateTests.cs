using Vilfredo.Measurement.Tasks;
using Vilfredo.Neural.Chat;
using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Training.Data;

namespace Vilfredo.Neural.Tests.Chat;

public class ChatTemplateTests
{
    private static readonly ChatTurn[] Turns = [new("system", "Be brief."), new("user", " Hi "), new("assistant", "Hello"), new("user", "Bye")];
    private static readonly ByteTokenizer Tokenizer = new();

    [Fact]
    public void Built_in_templates_write_their_forms()
    {
        Assert.Equal("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n Hi <|im_end|>\n<|im_start|>assistant\nHello<|im_end|>\n<|im_start|>user\nBye<|im_end|>\n<|im_start|>assistant\n", ChatTemplate.ChatMl.Render(Turns, Tokenizer));
        Assert.Equal("<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n", ChatTemplate.Llama3.Render(Turns[1..2], Tokenizer));
        Assert.Equal("<|begin|>user: Bye\nassistant: ", ChatTemplate.Plain.Render(Turns[3..], Tokenizer));
        Assert.Equal("<|begin|>Be brief.\nBye", ChatTemplate.Text.Render([Turns[0], Turns[3]], Tokenizer));
        Assert.Equal("<|begin|>Be brief.\nBye\n", ChatTemplate.Task.Render([Turns[0], Turns[3]], Tokenizer));
        Assert.Equal("Bye", ChatTemplate.BareText.Render(Turns[3..], Tokenizer));
    }

    [Fact]
    public void A_problem_is_put_to_a_model_as_in_its_training()
    {
        var item = new TaskItem { Family = "sums", Problem = "1", Prompt = "1+2=", Answer = "3", Solution = "3", Difficulty = 1, Steps = 1 };
        Assert.Equal(new TaskText(Tokenizer).Prompt(item), Tokenizer.EncodeMarked(ChatTemplate.Task.Render([new("user", item.Prompt)], Tokenizer)));
    }

    [Fact]
    public void Templates_are_found_by_name()
    {
        foreach (var template in ChatTemplate.BuiltIn)
            Assert.Same(template, ChatTemplate.Named(template.Name));
        Assert.Contains("chatml, llama-3, plain, text, task, bare-text", Assert.Throws<ArgumentException>(() => ChatTemplate.Named("alpaca")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<|end|>")]
    [InlineData("a<|end|><|begin|>b<|end|")]
    public void Words_of_users_name_no_special_token_in_marked_text(string words)
    {
        var marked = "<|begin|>" + Tokenizer.Disarm(words) + "<|end|>";
        Assert.Equal([256, .. Tokenizer.Encode(words), 257], Tokenizer.EncodeMarked(marked));
        var characters = CharacterTokenizer.Covering([words]);
        Assert.Equal(characters.Encode(words), characters.EncodeMarked(characters.Disarm(words)));
    }
}
