using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Agents.Memory;
using static Vilfredo.Inference.Tests.Agents.AgentModel;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Agents;

public class AgentMemoryTests
{
    private static readonly string[] Digests = ["red apple pie", "blue sky", "green apple"];

    private static string[] Step(int number, bool reasons = true) => [$"assistant: {(reasons ? $"think {number} " : "")}look({{\"x\":{number}}})", $"tool: => saw {number}"];

    // The chats that the steps see, in their order: three looks and an answer.
    private static async Task<List<string[]>> ChatsAsync(AgentConfiguration configuration)
    {
        var (steps, digests, notes) = (0, 0, 0);
        var prompts = new AgentPrompts { Digest = "D {step}", Notes = "N {notes} {step}", DigestShown = "[{digest}]", NotesShown = "({notes})" };
        var model = new ScriptedChatClient(call => Task.FromResult(
            call.Last.StartsWith("D ", StringComparison.Ordinal) ? Say(Digests[digests++])
            : call.Last.StartsWith("N ", StringComparison.Ordinal) ? Say($"notes {++notes}")
            : ++steps <= 3 ? Asks($"think {steps}", ("look", steps)) : Say("Answer: done")));
        await AskAsync(model, configuration, new() { Tools = [Look()], Prompts = prompts });
        var told = model.Calls.Where(call => call.Last.StartsWith("N ", StringComparison.Ordinal)).Select(call => call.Last).ToList();
        if (told.Count > 0)
            Assert.Equal("N notes 1 think 2\nAction: look({\"x\":2})\nObservation: saw 2", told[1]);
        return [.. model.Calls.Where(call => call.Options!.Tools is not null).Select(call => Lines(call.Messages))];
    }

    // What the fourth step sees.
    private static async Task SeesAsync(AgentMemory memory, string[] expected) => Assert.Equal(expected, (await ChatsAsync(new() { Memory = memory, MemoryWindow = 2 }))[3]);

    [Fact]
    public async Task Full_history_has_everything() =>
        await SeesAsync(AgentMemory.Full, ["user: ?", .. Step(1), .. Step(2), .. Step(3)]);

    [Fact]
    public async Task Simple_memory_drops_the_reasoning() =>
        await SeesAsync(AgentMemory.Simple, ["user: ?", .. Step(1, false), .. Step(2, false), .. Step(3, false)]);

    [Fact]
    public async Task No_memory_has_the_last_step_alone_as_has_a_window_of_one()
    {
        var none = await ChatsAsync(new() { Memory = AgentMemory.None });
        Assert.Equal(["user: ?", .. Step(3)], none[3]);
        Assert.Equal(none, await ChatsAsync(new() { Memory = AgentMemory.Recent, MemoryWindow = 1 }));
    }

    [Fact]
    public async Task A_window_has_the_last_steps() =>
        await SeesAsync(AgentMemory.Recent, ["user: ?", .. Step(2), .. Step(3)]);

    [Fact]
    public async Task Summarised_memory_has_the_last_step_and_the_most_similar_earlier_digest()
    {
        var chats = await ChatsAsync(new() { Memory = AgentMemory.Summarised });
        Assert.Equal(["user: ?", .. Step(1)], chats[1]);
        Assert.Equal(["user: ?", .. Step(2), "user: [red apple pie]"], chats[2]);
        // "green apple" is nearer to the first digest than to the second, and is not compared with itself.
        Assert.Equal(["user: ?", .. Step(3), "user: [red apple pie]"], chats[3]);
    }

    [Fact]
    public async Task Extra_memories_come_beside_the_full_history()
    {
        string[] full = ["user: ?", .. Step(1), .. Step(2), .. Step(3)];
        await SeesAsync(AgentMemory.ExtraSummarised, [.. full, "user: [red apple pie]"]);
        await SeesAsync(AgentMemory.ExtraFixed, [.. full, "user: (notes 3)"]);
        await SeesAsync(AgentMemory.ExtraHybrid, [.. full, "user: [red apple pie]\n\n(notes 3)"]);
    }

    [Fact]
    public async Task Full_history_grows_with_the_square_of_the_steps_and_simple_memory_without_the_reasoning()
    {
        // Tokens are characters here: S of the question, d of a step, of which r are reasoning.
        static async Task<long> Prompted(AgentMemory memory, int steps)
        {
            var model = new ScriptedChatClient(call => Task.FromResult(call.Messages.Count(message => message.Role == ChatRole.Tool) < steps ? Asks("think", ("look", 5)) : Say("Answer: done")));
            await AskAsync(model, new() { Memory = memory, LoopLimit = 100, MaximumSteps = 100 });
            return model.Calls.Sum(call => (long)Lines(call.Messages).Sum(line => line.Length));
        }

        const int Question = 7, Reasoning = 6;
        var step = (await Prompted(AgentMemory.Full, 1)) - (2 * Question);
        for (var k = 2; k < 7; k++)
        {
            Assert.Equal(((k + 1) * Question) + (step * k * (k + 1) / 2), await Prompted(AgentMemory.Full, k));
            Assert.Equal(((k + 1) * Question) + ((step - Reasoning) * k * (k + 1) / 2), await Prompted(AgentMemory.Simple, k));
        }
    }

    [Fact]
    public async Task An_embedder_is_on_the_account()
    {
        var embedder = new Counting();
        var (_, answer) = await AskAsync(Looker(2), new() { Memory = AgentMemory.ExtraSummarised }, new() { Tools = [Look()], Embedder = embedder });
        Assert.Equal(2, embedder.Calls);
        Assert.Equal([4L, 4L], answer.Calls.Calls.Where(call => call.Role == AgentRoles.Embed).Select(call => call.Usage.InputTokens));
    }

    [Fact]
    public void Word_vectors_are_alike_where_words_are()
    {
        Assert.Equal(1, WordVectors.Cosine(WordVectors.Of("A b"), WordVectors.Of("b a")), 6);
        Assert.Equal(0.5, WordVectors.Cosine(WordVectors.Of("red apple"), WordVectors.Of("green apple")), 6);
        Assert.Equal(0, WordVectors.Cosine(WordVectors.Of(""), WordVectors.Of("x")));
    }

    private sealed class Counting : IEmbeddingGenerator<string, Embedding<float>>
    {
        public int Calls { get; private set; }

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(new float[] { 1, 0 }))) { Usage = new() { InputTokenCount = 4 } });
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
