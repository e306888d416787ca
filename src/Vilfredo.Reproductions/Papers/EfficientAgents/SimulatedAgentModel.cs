using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Running;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// A stand-in for a language model that works as an agent in a <see cref="HopWorld"/>: it knows nothing but the prompt that it is given, draws its
/// conclusions from the statements there with errors, and restates them in its reasoning. Its tokens are those of the texts that it really reads and writes.
/// It shows what the components of an agent do to cost and success under these errors, not what any model does.
/// </summary>
internal sealed partial class SimulatedAgentModel(SimulatedSkill skill) : IChatClient
{
    private const int MostSearches = 3;
    private static readonly ITokenCounter Tokens = new CharacterTokenCounter();

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ChatMessage> chat = [.. messages];
        var random = new RandomGenerator((ulong)(options?.Seed ?? 0), 17);
        var message = Reply(chat, options, random);
        return Task.FromResult(new ChatResponse(message)
        {
            ModelId = skill.Name,
            FinishReason = message.Contents.OfType<FunctionCallContent>().Any() ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = Tokens.Count(chat) + Tokens.Count(options?.Tools ?? []), OutputTokenCount = Tokens.Count([message]) - 4 },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false)).ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("simulated", defaultModelId: skill.Name) : null;

    public void Dispose()
    {
    }

    private ChatMessage Reply(IReadOnlyList<ChatMessage> chat, ChatOptions? options, RandomGenerator random)
    {
        var asked = chat[^1].Text;
        // Prompts of the library's agents are told apart by what they ask for.
        if (asked.Contains("\"queries\"", StringComparison.Ordinal)) return Say(Wordings(asked));
        if (asked.Contains("\"best\"", StringComparison.Ordinal)) return Say($$"""{"best": {{Best(asked, random)}}}""");
        if (asked.Contains("State the final answer", StringComparison.Ordinal)) return Say(asked[asked.LastIndexOf("Answer: ", asked.LastIndexOf("Reply with", StringComparison.Ordinal), StringComparison.Ordinal)..].Split('\n')[0]);
        if (asked.StartsWith("Sum up the step", StringComparison.Ordinal)) return Say("This step gave: " + Kept(Behind(asked, "Step:"), random));
        if (asked.StartsWith("Rewrite the notes", StringComparison.Ordinal)) return Say($"Goal: {Behind(asked, "Task:").Split('\n')[0]} Found: {Kept(Behind(asked, "Notes so far:"), random)} Next: go on from what was found last.");
        if (HopText.Question(asked.Length > 0 && asked.Contains("Who is", StringComparison.Ordinal) ? asked : string.Join('\n', chat.Select(message => message.Text))) is not { } question)
            return Say("Answer: unknown");
        if (asked.Contains("list\n1. the facts", StringComparison.Ordinal) || asked.StartsWith("Bring the list of facts", StringComparison.Ordinal))
            return Say($"Given: {question.Person}. To look up: {string.Join(", ", question.Relations.Select(relation => $"a {relation}"))}. To derive: nothing. {Kept(asked, random)}");
        if (asked.StartsWith("Write a plan", StringComparison.Ordinal) || asked.StartsWith("Write a new plan", StringComparison.Ordinal))
            return Say(string.Join('\n', Ordered(question.Relations, random).Select((relation, i) => $"{i + 1}. Find the {relation} of {(i == 0 ? question.Person : "that person")}.")));
        return Act(chat, question, options, random);
    }

    private ChatMessage Act(IReadOnlyList<ChatMessage> chat, (string[] Relations, string Person) question, ChatOptions? options, RandomGenerator random)
    {
        var text = string.Join('\n', chat.SelectMany(message => message.Contents).Select(content => content switch
        {
            TextContent said => said.Text,
            FunctionResultContent { Result: string result } => result,
            _ => "",
        }));
        var known = new HopText(text);
        var relations = HopText.Plan(text) ?? Ordered(question.Relations, random);
        var (person, conclusions) = (question.Person, new List<string>());
        string? wanted = null;
        foreach (var relation in relations)
        {
            if ((known.Concluded(relation, person) ?? Conclude(known, relation, person, random)) is not { } found)
            {
                wanted = relation;
                break;
            }

            conclusions.Add($"So the {relation} of {person} is {found}.");
            person = found;
        }

        var reasoning = string.Join(' ', conclusions);
        var canSearch = options?.Tools is { Count: > 0 } && options.ToolMode is not NoneChatToolMode;
        if (wanted is null || !canSearch || random.NextBoolean(skill.Early)) return Say($"{reasoning} Answer: {person}".TrimStart());
        var queries = chat.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
        var tried = queries.Count(call => call.Arguments?.Values.OfType<string>().Any(query => query.Contains(person, StringComparison.Ordinal)
            && (query.Contains(wanted, StringComparison.Ordinal) || query.Contains(HopWorld.OtherNameOf(wanted), StringComparison.Ordinal))) == true);
        reasoning = $"{reasoning} I do not know yet who is the {wanted} of {person}, so I look for that next.".TrimStart();
        if (tried >= 1 && DocumentOf(text, person) is { } document && options!.Tools!.Any(tool => tool.Name == "read") && !queries.Any(call => call.Name == "read" && call.Arguments!.Values.Contains(document)))
            return Call(reasoning, "read", "document", document, random);
        if (tried >= MostSearches) return Say($"{reasoning} Nothing is found. Answer: {person}");
        var word = tried % 2 == 0 ? wanted : HopWorld.OtherNameOf(wanted);
        return Call(reasoning, "search", "query", random.NextBoolean(skill.Misquery) ? $"about {person}" : $"{word} of {person}", random);
    }

    // What a document says, or by mistake something else that was seen; a novel's word where there is nothing else, more rarely.
    private string? Conclude(HopText known, string relation, string person, RandomGenerator random)
    {
        var told = known.Told(relation, person);
        if (known.Stated(relation, person) is not { } stated) return told is not null && random.NextBoolean(3 * skill.Misread) ? told : null;
        return !random.NextBoolean(skill.Misread) ? stated : told ?? known.Seen[random.NextInt32(known.Seen.Count)];
    }

    private string[] Ordered(string[] relations, RandomGenerator random)
    {
        if (relations.Length < 2 || !random.NextBoolean(skill.Misorder)) return relations;
        var (swapped, place) = (relations.ToArray(), random.NextInt32(relations.Length - 1));
        (swapped[place], swapped[place + 1]) = (swapped[place + 1], swapped[place]);
        return swapped;
    }

    // An attempt is as good as the part of its way that its own observations support, its answer included.
    private int Best(string asked, RandomGenerator random)
    {
        var (relations, start) = HopText.Question(asked)!.Value;
        var (best, most) = (1, -1.0);
        foreach (var (place, attempt) in Attempts().Split(asked).Skip(1).Index())
        {
            var (text, person, score) = (new HopText(attempt), start, 0.0);
            foreach (var relation in relations)
            {
                if (random.NextBoolean(skill.Misjudge) || text.Stated(relation, person) is not { } stated) break;
                (person, score) = (stated, score + 1);
            }

            if (score == relations.Length && string.Equals(AnswerExtractors.Named("line").Extract(attempt), person, StringComparison.OrdinalIgnoreCase)) score++;
            if (score > most) (best, most) = (place + 1, score);
        }

        return best;
    }

    // The statements of a text, each of which may be lost.
    private string Kept(string text, RandomGenerator random) => string.Join(' ', HopText.Statements(text).Distinct().Where(_ => !random.NextBoolean(skill.Misread)));

    private static string Wordings(string asked)
    {
        var query = Behind(asked, "Search:").Split('\n')[0];
        var words = query.Split(' ');
        var count = int.Parse(asked.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        string[] wordings = words is [var relation, "of", var person]
            ?
            [
                $"{HopWorld.OtherNameOf(relation)} of {person}", $"{person} {relation}", $"{person} {HopWorld.OtherNameOf(relation)}", $"who is the {relation} of {person}", $"the {HopWorld.OtherNameOf(relation)} of {person} is",
                person, $"{person} life", $"{relation} {person} name", $"facts about {person}", $"people around {person}",
            ]
            : [words[^1], $"{words[^1]} life", $"facts about {words[^1]}", $"people around {words[^1]}", $"who is {words[^1]}"];
        return JsonSerializer.Serialize(new { queries = wordings.Take(count) });
    }

    private ChatMessage Call(string reasoning, string tool, string argument, string value, RandomGenerator random) => new(
        ChatRole.Assistant, [new TextContent(reasoning), new FunctionCallContent("call", tool, new Dictionary<string, object?> { [random.NextBoolean(skill.Malformed) ? "text" : argument] = value })]);

    private static string? DocumentOf(string text, string person) => Regex.Match(text, $@"\[\d+\] (\w+/p\d+) {person}:") is { Success: true } match ? match.Groups[1].Value : null;

    private static string Behind(string text, string mark) => text[(text.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..].TrimStart();

    private static ChatMessage Say(string text) => new(ChatRole.Assistant, text);

    [GeneratedRegex(@"^\[Attempt \d+\]$", RegexOptions.Multiline)]
    private static partial Regex Attempts();
}
