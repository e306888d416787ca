using Microsoft.Extensions.AI;
using Vilfredo.Inference.Routing.Records;

namespace Vilfredo.Inference.Tests.Routing;

/// <summary>Prompts whose difficulty can, or cannot, be read off their text, answered by a weak and a strong candidate.</summary>
internal static class RoutingExamples
{
    private static readonly string[] Easy = ["What is the capital of", "Spell the word", "Say hello to", "Which colour has"];
    private static readonly string[] Hard = ["Prove by induction the theorem of", "Derive step by step the integral of", "Optimize the algorithm for", "Explain why the proof fails for"];
    private static readonly string[] Things = ["Norway", "a circle", "winter", "seven geese", "the river", "an engine", "my neighbour", "the moon", "a sparrow", "old bread", "green tea", "paper", "steel", "a violin"];

    /// <summary>Easy prompts are answered well by both, hard ones by the strong one alone; with <paramref name="isReadable"/> false the text says nothing of it.</summary>
    public static RoutingTable Table(int prompts, ulong seed, bool isReadable = true, double weakOnHard = 0.1)
    {
        var random = new RandomGenerator(seed);
        var records = new List<RoutingRecord>();
        for (var i = 0; i < prompts; i++)
        {
            var isHard = random.NextBoolean();
            var looksHard = isReadable ? isHard : random.NextBoolean();
            var starts = looksHard ? Hard : Easy;
            var text = $"{starts[random.NextInt32(starts.Length)]} {Things[random.NextInt32(Things.Length)]} number {random.NextInt32(100_000)}?";
            var prompt = new RoutedPrompt($"{seed}/{i}", [new(ChatRole.User, text)]);
            records.Add(new(prompt, "weak", random.NextBoolean(isHard ? weakOnHard : 0.9) ? 1 : 0) { Cost = 1, Seconds = 0.1 });
            records.Add(new(prompt, "strong", random.NextBoolean(0.9) ? 1 : 0) { Cost = 10, Seconds = 1 });
        }

        return RoutingTable.Of(records);
    }
}
