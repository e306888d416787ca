using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents.Tools;
using Vilfredo.Inference.Prompts;

namespace Vilfredo.Inference.Agents.Search;

/// <summary>The tool <c>search</c>: asks one or several sources, in the words of the agent and, where wanted, in other words that a model writes; all results are pooled by <see cref="RankFusion"/>.</summary>
public sealed class SearchTool : AIFunction
{
    private static readonly JsonElement Schema = JsonElement.Parse("""{"type":"object","properties":{"query":{"type":"string","description":"What to look for, in a few words."}},"required":["query"]}""");

    private readonly IReadOnlyList<ISearchSource> _sources;
    private readonly int _results;
    private readonly int _rewrites;
    private readonly IChatClient? _rewriter;
    private readonly string _prompt;

    /// <summary>A search.</summary>
    /// <param name="sources">Where; at least one.</param>
    /// <param name="results">The most results that the agent is shown, at least 1.</param>
    /// <param name="rewrites">How many other wordings of a query a model writes; 0 for none, which takes no call.</param>
    /// <param name="rewriter">The model that writes them; null means the agent's.</param>
    /// <param name="prompts">What it is asked; null means the defaults.</param>
    public SearchTool(IReadOnlyList<ISearchSource> sources, int results = 3, int rewrites = 0, IChatClient? rewriter = null, AgentPrompts? prompts = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Count == 0)
            throw new ArgumentException("A search has at least one source.", nameof(sources));
        if (sources.GroupBy(source => source.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two sources are called '{twice.Key}'; give each a name of its own.", nameof(sources));
        ArgumentOutOfRangeException.ThrowIfLessThan(results, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rewrites);
        (_sources, _results, _rewrites, _rewriter, _prompt) = (sources, results, rewrites, rewriter, (prompts ?? new()).Rewrite);
    }

    /// <inheritdoc/>
    public override string Name => "search";

    /// <inheritdoc/>
    public override string Description => "Searches documents and returns the names and the best parts of those that match.";

    /// <inheritdoc/>
    public override JsonElement JsonSchema => Schema;

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var query = ToolArguments.Text(arguments, "query");
        var context = ToolCallContext.Of(arguments);
        var queries = await QueriesAsync(query, context, cancellationToken).ConfigureAwait(false);
        var rankings = await Task.WhenAll(
            from wording in queries from source in _sources select SearchAsync(source, wording, context, cancellationToken)).ConfigureAwait(false);
        if (Array.TrueForAll(rankings, ranking => ranking is null))
            throw new InvalidOperationException("no source could be searched.");
        var found = RankFusion.Fuse(rankings.OfType<IReadOnlyList<(ISearchSource Source, SearchHit Hit)>>(), one => (one.Source.Name, one.Hit.Document.Id)).Take(_results).ToList();
        return found.Count == 0
            ? "Nothing was found."
            : string.Join("\n", found.Select((one, i) => string.Create(CultureInfo.InvariantCulture, $"[{i + 1}] {one.Source.Name}/{one.Hit.Document.Id} {one.Hit.Document.Title}: {one.Hit.Snippet}")));
    }

    private async Task<IReadOnlyList<string>> QueriesAsync(string query, ToolCallContext? context, CancellationToken cancellation)
    {
        if (_rewrites == 0)
            return [query];
        if (context is null)
            throw new InvalidOperationException("other wordings are written by a model, so this search works inside an agent only.");
        var prompt = PromptTemplate.Fill(_prompt, ("count", _rewrites.ToString(CultureInfo.InvariantCulture)), ("query", query));
        var reply = await context.TryCallAsync(new() { Role = AgentRoles.Rewrite, Client = _rewriter, Messages = [new(ChatRole.User, prompt)], OverridesOptions = true }, cancellation).ConfigureAwait(false);
        var written = reply is not null && JsonReply.Find(reply.Text, "queries") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!.Trim()).Where(text => text.Length > 0)
            : [];
        var queries = written.Take(_rewrites).Prepend(query).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (queries.Count == 1)
            context.Run.Warn("A search was to be made in other words too, but no valid \"queries\" were written; it was made as it is.");
        return queries;
    }

    // One source that fails does not fail the search.
    private async Task<IReadOnlyList<(ISearchSource Source, SearchHit Hit)>?> SearchAsync(ISearchSource source, string query, ToolCallContext? context, CancellationToken cancellation)
    {
        try
        {
            var hits = await source.SearchAsync(query, _results, cancellation).ConfigureAwait(false);
            return [.. hits.Select(hit => (source, hit))];
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            context?.Run.Warn($"The source '{source.Name}' failed: {error.Message}");
            return null;
        }
    }
}
