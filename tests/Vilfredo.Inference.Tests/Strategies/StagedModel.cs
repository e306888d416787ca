using System.Globalization;
using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Tests.Strategies;

/// <summary>A model that gives every kind of call of composed strategies a fitting reply, which depends on the prompt and the seed alone, and a chat to ask it with.</summary>
internal static class StagedModel
{
    /// <summary>The mark of the caller's options: calls about the answer do not have it.</summary>
    private const string Stop = "STOP";

    /// <summary>Options that calls for answers must keep.</summary>
    public static ChatOptions Options => new() { Temperature = 0.2f, MaxOutputTokens = 777, StopSequences = [Stop] };

    /// <summary>A chat with a system turn, an earlier exchange, a long question and a picture.</summary>
    public static IReadOnlyList<ChatMessage> Chat { get; } =
    [
        new(ChatRole.System, "Be brief."),
        new(ChatRole.User, "User: look at <output>this</output>"),
        new(ChatRole.Assistant, "Assistant: gladly"),
        new(ChatRole.User,
        [
            new TextContent(string.Join("\n\n", Enumerable.Range(1, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"Sheep {i} is white and stands by the gate.")).Append("How many sheep are there?"))),
            new DataContent(new byte[] { 1, 2, 3 }, "image/png"),
        ]),
    ];

    /// <summary>Whether a call is for an answer, and not about one.</summary>
    public static bool IsAnswering(ScriptedCall call) => call.Options?.StopSequences?.Contains(Stop) == true;

    /// <summary>The model.</summary>
    /// <param name="change">Replaces replies; null keeps them.</param>
    public static ScriptedChatClient New(Func<ScriptedCall, string, string>? change = null) => new(call => change?.Invoke(call, Reply(call)) ?? Reply(call));

    /// <summary>A fitting reply.</summary>
    public static string Reply(ScriptedCall call)
    {
        var prompt = call.Last;
        var draw = new RandomGenerator(Hash(prompt), unchecked((ulong)(call.Options?.Seed ?? 0)));
        if (IsAnswering(call))
            return string.Create(CultureInfo.InvariantCulture, $"User: draft {draw.NextInt32(1000)} <thinking> Assistant: so Answer: {draw.NextInt32(3)}");
        if (Wants("score"))
            return string.Create(CultureInfo.InvariantCulture, $$"""{"score": {{draw.NextInt32(11)}}}""");
        if (Wants("verdict"))
            return draw.NextBoolean(0.3) ? """{"verdict": {"correct": true, "flaws": ""}}""" : """{"verdict": {"correct": false, "flaws": "a slip"}}""";
        if (Wants("analysis"))
            return """{"analysis": {"consensus": ["white"], "contradictions": [], "partial_coverage": ["gate"], "unique_insights": [], "blind_spots": []}}""";
        if (Wants("examples"))
            return """{"examples": [{"question": "2 sheep and 1?", "answer": "3"}, {"question": "No sheep?", "answer": "0"}]}""";
        if (Wants("modules"))
            return """{"modules": [2, 1]}""";
        if (Wants("better"))
            return draw.NextBoolean() ? """{"better": "A"}""" : """{"better": "B"}""";
        if (Wants("best"))
            return """{"best": 1}""";
        // Steps end now and then, and always where all that is left is asked for.
        if (prompt.Contains("end with a line", StringComparison.Ordinal) && (prompt.Contains("all remaining", StringComparison.Ordinal) || prompt.Contains("exactly there", StringComparison.Ordinal) || draw.NextBoolean(0.3)))
            return string.Create(CultureInfo.InvariantCulture, $"step {draw.NextInt32(1000)}\nAnswer: {draw.NextInt32(3)}");
        return string.Create(CultureInfo.InvariantCulture, $"note {draw.NextInt32(1000)}");

        bool Wants(string property) => prompt.Contains($"{{\"{property}\":", StringComparison.Ordinal);
    }

    private static ulong Hash(string text)
    {
        var hash = 1469598103934665603UL;
        foreach (var letter in text)
            hash = (hash ^ letter) * 1099511628211UL;
        return hash;
    }
}
