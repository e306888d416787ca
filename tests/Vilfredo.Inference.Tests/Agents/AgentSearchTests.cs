using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Agents.Search;
using Vilfredo.Inference.Tests.Evaluation;
using Vilfredo.IO;
using static Vilfredo.Inference.Tests.Agents.AgentModel;
using static Vilfredo.Inference.Tests.ScriptedChatClient;

namespace Vilfredo.Inference.Tests.Agents;

public class AgentSearchTests
{
    private static readonly CorpusSource People = new("people", [new("1", "Ada", "The boss of Ada is Ben."), new("2", "Ben", "The doctor of Ben is Cleo. He likes tea.")]);
    private static readonly CorpusSource Places = new("places", [new("1", "Rome", "Ada lives in Rome."), new("2", "Oslo", "Nobody lives here.")]);

    [Fact]
    public void Scores_are_those_of_the_formula_by_hand()
    {
        var index = new Bm25Index(["the cat sat", "the dog", "Cat, cat dog bird"]);
        // 3 texts of 3, 2 and 4 words; "cat" is in 2: idf = ln(1 + 1.5 / 2.5) = ln 1.6.
        Assert.Equal(Math.Log(1.6), index.InverseDocumentFrequency("cat"), 12);
        var found = index.Search("cat", 9);
        Assert.Equal([2, 0], found.Select(one => one.Text));
        Assert.Equal(Math.Log(1.6) * 2 * 2.2 / (2 + (1.2 * (0.25 + (0.75 * 4 / 3.0)))), found[0].Score, 12);
        Assert.Equal(Math.Log(1.6), found[1].Score, 12);
        // "bird" is in one text, "the" in two of them.
        Assert.Equal((Math.Log(1 + (2.5 / 1.5)) * 2.2 / (1 + 1.5)) + (Math.Log(1.6) * 2.2 / 2.5), index.Search("dog BIRD", 9)[0].Score, 12);
        Assert.Empty(index.Search("unknown", 9));
        Assert.Single(index.Search("the cat", 1));
        Assert.Empty(new Bm25Index([]).Search("x", 1));
    }

    [Fact]
    public void Without_length_normalisation_lengths_do_not_matter()
    {
        var index = new Bm25Index(["a b c d e f", "a"], b: 0);
        var found = index.Search("a", 2);
        Assert.Equal(found[0].Score, found[1].Score, 12);
        Assert.Equal(0, found[0].Text);
    }

    [Fact]
    public async Task A_snippet_has_the_sentences_that_match()
    {
        var text = string.Join(" ", Enumerable.Range(0, 30).Select(i => $"Sentence {i} says nothing.")) + " The boss of Ada is Ben. " + string.Join(" ", Enumerable.Range(30, 30).Select(i => $"Sentence {i} says nothing."));
        var corpus = new CorpusSource("c", [new("1", "", text)], snippet: 60);
        var hit = Assert.Single(await corpus.SearchAsync("boss of Ada", 3, default));
        Assert.Contains("The boss of Ada is Ben.", hit.Snippet, StringComparison.Ordinal);
        Assert.InRange(hit.Snippet.Length, 1, 70);
    }

    [Fact]
    public void Rankings_are_fused_by_reciprocal_ranks()
    {
        // b: 1/62 + 1/61; a: 1/61; c: 1/62.
        Assert.Equal(["b", "a", "c"], RankFusion.Fuse<string, string>([["a", "b"], ["b", "c"]], item => item));
    }

    [Theory]
    [InlineData(false, "[1] people/1 Ada: The boss of Ada is Ben.")]
    [InlineData(true, "[1] people/1 Ada: The boss of Ada is Ben.\n[2] places/1 Rome: Ada lives in Rome.")]
    public async Task A_search_asks_the_first_source_or_all(bool all, string observation)
    {
        var model = Searcher("Ada");
        await AskAsync(model, new() { AllSources = all }, new() { Sources = [People, Places] });
        Assert.Equal("tool: => " + observation, Lines(model.Calls[1].Messages)[^1]);
    }

    [Fact]
    public async Task Other_wordings_are_searched_and_pooled_with_the_original()
    {
        var inner = Searcher("nothing at all");
        var model = new ScriptedChatClient(call => call.Last.Contains("\"queries\"", StringComparison.Ordinal)
            ? Task.FromResult(Say("""Here: {"queries": ["tea", "tea", "Ada", "one too many"]}""")) : inner.GetResponseAsync(call.Messages, call.Options));
        var (_, answer) = await AskAsync(model, new() { QueryRewrites = 3 }, new() { Sources = [People] });
        Assert.Equal("tool: => [1] people/2 Ben: The doctor of Ben is Cleo. He likes tea.\n[2] people/1 Ada: The boss of Ada is Ben.", Lines(model.Calls[2].Messages)[^1]);
        Assert.Equal(AgentRoles.Rewrite, answer.Calls.Calls[1].Role);
        Assert.Contains("Write 3 other wordings", model.Calls[1].Last, StringComparison.Ordinal);
        Assert.Equal([0, 1], answer.Calls.Calls[2].Parents);
    }

    [Fact]
    public async Task Wordings_that_are_not_valid_leave_the_search_as_it_is()
    {
        var inner = Searcher("Ada");
        var model = new ScriptedChatClient(call => call.Options!.Tools is null ? Task.FromResult(Say("no JSON")) : inner.GetResponseAsync(call.Messages, call.Options));
        var (_, answer) = await AskAsync(model, new() { QueryRewrites = 3 }, new() { Sources = [People] });
        Assert.Contains(answer.Warnings, warning => warning.Contains("\"queries\"", StringComparison.Ordinal));
        Assert.Contains("people/1", Lines(model.Calls[2].Messages)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_source_that_fails_does_not_fail_the_search()
    {
        var model = Searcher("Ada");
        var (_, answer) = await AskAsync(model, new() { AllSources = true }, new() { Sources = [People, new Broken()] });
        Assert.Contains("people/1", Lines(model.Calls[1].Messages)[^1], StringComparison.Ordinal);
        Assert.Contains(answer.Warnings, warning => warning.Contains("'broken' failed: down", StringComparison.Ordinal));
        var only = Searcher("Ada");
        await AskAsync(only, new(), new() { Sources = [new Broken()] });
        Assert.Equal("tool: => 'search' failed: no source could be searched.", Lines(only.Calls[1].Messages)[^1]);
    }

    [Theory]
    [InlineData(PageReading.None, "search")]
    [InlineData(PageReading.Document, "search read")]
    [InlineData(PageReading.Pages, "search read")]
    [InlineData(PageReading.Find, "search read find")]
    public async Task Reading_decides_the_tools(PageReading reading, string tools)
    {
        var model = new ScriptedChatClient("Answer: 1");
        await AskAsync(model, new() { Reading = reading }, new() { Sources = [People] });
        Assert.Equal(tools, string.Join(' ', model.Calls[0].Options!.Tools!.Select(tool => tool.Name)));
    }

    [Fact]
    public async Task Documents_are_read_whole_by_page_and_searched()
    {
        ISearchSource[] sources = [People, Places];
        async Task<string> Call(AIFunction tool, params (string, object?)[] arguments) => (string)(await tool.InvokeAsync(new(arguments.ToDictionary(one => one.Item1, one => one.Item2))))!;
        Assert.Equal("Rome\nAda lives in Rome.", await Call(new ReadTool(sources), ("document", "places/1")));
        Assert.Equal("Ada\nThe boss of Ada is Ben.", await Call(new ReadTool(sources), ("document", "1")));
        Assert.Equal("Ben (page 2 of 3)\ns Cleo. He likes te", await Call(new ReadTool(sources, 19), ("document", "people/2"), ("page", 2)));
        Assert.Contains("pages 1 to 3", (await Assert.ThrowsAsync<ArgumentException>(() => Call(new ReadTool(sources, 19), ("document", "people/2"), ("page", 4)))).Message, StringComparison.Ordinal);
        Assert.Contains("no document 'x'", (await Assert.ThrowsAsync<ArgumentException>(() => Call(new ReadTool(sources), ("document", "x")))).Message, StringComparison.Ordinal);
        Assert.Equal("The doctor of Ben is Cleo. He likes tea.", await Call(new FindTool(sources), ("document", "people/2"), ("text", "cleo")));
        Assert.Equal("'Rome' is not in people/2.", await Call(new FindTool(sources), ("document", "people/2"), ("text", "Rome")));
    }

    [Fact]
    public void A_corpus_is_read_from_lines_and_folders_and_bad_ones_are_named()
    {
        using var folder = new EvaluationFolder();
        folder.With("b.jsonl", """{"id": "x", "title": "T", "text": "one"}""" + "\n\n" + """{"text": "two"}""").With("a.jsonl", """{"text": "three"}""").With("bad.txt", "{}").With("twice.txt", """{"id":"1","text":""}""" + "\n" + """{"id":"1","text":""}""");
        Assert.Equal(2, CorpusSource.Load(folder.PathOf("b.jsonl")).Count);
        Assert.Equal(["a", "b"], CorpusSource.LoadAll(folder.PathOf("")).Select(source => source.Name));
        Assert.Contains("text", Assert.Throws<InputFormatException>(() => CorpusSource.Load(folder.PathOf("bad.txt"))).Message, StringComparison.Ordinal);
        Assert.Contains("two documents called '1'", Assert.Throws<InputFormatException>(() => CorpusSource.Load(folder.PathOf("twice.txt"))).Message, StringComparison.Ordinal);
        Assert.Contains("no corpus", Assert.Throws<FormatException>(() => CorpusSource.LoadAll(folder.PathOf("none.jsonl"))).Message, StringComparison.Ordinal);
    }

    private static ScriptedChatClient Searcher(string query) => new(call => Task.FromResult(call.Messages.Any(message => message.Role == ChatRole.Tool)
        ? Say("Answer: 1")
        : new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("s", "search", new Dictionary<string, object?> { ["query"] = query })])) { Usage = new() { InputTokenCount = 1, OutputTokenCount = 1 } }));

    private sealed class Broken : ISearchSource
    {
        public string Name => "broken";

        public Task<IReadOnlyList<SearchHit>> SearchAsync(string query, int count, CancellationToken cancellation) => throw new InvalidOperationException("down");

        public Task<SearchDocument?> FindAsync(string id, CancellationToken cancellation) => throw new InvalidOperationException("down");
    }
}
