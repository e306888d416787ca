using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Vilfredo.Reproductions.Papers;

/// <summary>How competent a simulated coder is.</summary>
/// <param name="Right">p: the chance that a program it writes is right.</param>
/// <param name="NaiveShare">The chance that a program written straight from the task is of the slowest family; the other families share the rest.</param>
/// <param name="WrongOutputs">w: the chance that an output it derives is wrong.</param>
internal sealed record CoderSkill(double Right, double NaiveShare, double WrongOutputs)
{
    /// <summary>v: the chance that a judgement of a test is right.</summary>
    public double Judging { get; init; } = 0.85;

    /// <summary>f: the chance that a repair mends a wrong program.</summary>
    public double Mending { get; init; } = 0.5;

    /// <summary>g: the chance that a repair breaks a right program.</summary>
    public double Breaking { get; init; } = 0.05;

    /// <summary>o: the chance that a call to optimize a program gives one of the next faster family; it may break a right program as a repair may.</summary>
    public double Optimizing { get; init; } = 0.5;

    /// <summary>j: the chance that the truly cheapest candidate is picked; else any.</summary>
    public double Picking { get; init; } = 0.7;
}

/// <summary>
/// A stand-in for a model that writes code: it knows the stage of a prompt by its heading, and answers with programs of a bank, by chance.
/// It shows what the pipeline does with a coder of given competence, and nothing about any model.
/// </summary>
/// <remarks>A reply depends on the seed, the prompt and the seed of the call alone, so that calls may run side by side.</remarks>
internal sealed class SimulatedCoder(ProgramBank bank, CoderSkill skill, ulong seed) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = messages.Last().Text;
        var random = new RandomGenerator(seed, UnitContext.StableHash(prompt) ^ unchecked((ulong)(options?.Seed ?? 0)));
        var text = Answer(prompt, random);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
        {
            ModelId = "simulated coder",
            FinishReason = ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = Tokens(prompt), OutputTokenCount = Tokens(text) },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    // Four characters a token, as is usual for estimates.
    private static long Tokens(string text) => (text.Length + 3) / 4;

    private string Answer(string prompt, RandomGenerator random) => prompt[2..prompt.IndexOf('\n', StringComparison.Ordinal)] switch
    {
        "Formalize the task" => $"entry point: {bank.Problem.EntryPoint}\n{bank.Problem.Description}",
        "Check the explanation" => "Yes.",
        "Design test inputs" => string.Join('\n', bank.Tests.Select(input => $"input: {input.GetRawText()}")),
        "Derive an output" => $"output: {Output(prompt.Split("input: ")[^1], random)}",
        "Think of algorithms" => string.Join('\n', Enumerable.Range(1, 5).Select(i => $"```algorithm{i}\nfamily {random.NextInt32(bank.Families)}\n```")),
        "Advise on the implementation" => "Use arrays, and no boxes.",
        "Write the program" => Fenced(bank.Program(Family(prompt, random), random.NextDouble() < skill.Right)),
        "Write several programs" => string.Join("\n\n", Enumerable.Range(0, 5).Select(_ => Fenced(bank.Program(Family("", random), random.NextDouble() < skill.Right)))),
        "Optimize the program" => Fenced(Optimized(prompt.Split("```csharp\n")[^1], random)),
        "Judge a test" => (IsTrue(prompt) == random.NextDouble() < skill.Judging) ? "Yes." : "No.",
        "Repair the program" => Fenced(Repaired(prompt.Split("```csharp\n")[^1], random)),
        "Pick the most efficient" => $"{{\"best\": {Best(prompt, random) + 1}}}",
        var other => throw new InvalidOperationException($"The simulated coder does not know the stage '{other}'."),
    };

    private static string Fenced(string program) => $"```csharp\n{program}\n```";

    private string Output(string input, RandomGenerator random)
    {
        var expected = bank.Expected(input);
        return random.NextDouble() < skill.WrongOutputs ? (expected.GetInt64() + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : expected.GetRawText();
    }

    private int Family(string prompt, RandomGenerator random)
    {
        var at = prompt.IndexOf("<algorithm>\nfamily ", StringComparison.Ordinal);
        if (at >= 0) return prompt[at + "<algorithm>\nfamily ".Length] - '0';
        return random.NextDouble() < skill.NaiveShare ? 0 : 1 + random.NextInt32(bank.Families - 1);
    }

    private bool IsTrue(string prompt)
    {
        var parts = prompt.Split("\n\ninput: ")[^1].Split("\noutput: ");
        return JsonElement.DeepEquals(bank.Expected(parts[0]), JsonElement.Parse(parts[1]));
    }

    private string Repaired(string code, RandomGenerator random)
    {
        var (family, isRight) = ProgramBank.Read(code);
        return bank.Program(family, isRight ? random.NextDouble() >= skill.Breaking : random.NextDouble() < skill.Mending);
    }

    private string Optimized(string code, RandomGenerator random)
    {
        var (family, isRight) = ProgramBank.Read(code);
        var next = random.NextDouble() < skill.Optimizing ? Math.Min(family + 1, bank.Families - 1) : family;
        return bank.Program(next, isRight && random.NextDouble() >= skill.Breaking);
    }

    private int Best(string prompt, RandomGenerator random)
    {
        var shown = prompt.Split("[Program ")[1..].Select(ProgramBank.Read).ToList();
        if (random.NextDouble() >= skill.Picking) return random.NextInt32(shown.Count);
        return shown.FindIndex(program => program.Family == shown.Max(one => one.Family));
    }
}
