using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents.Tools;

namespace Vilfredo.Inference.Agents.Search;

/// <summary>The tool <c>find</c>: the places of a text in a document, with what stands around them.</summary>
public sealed class FindTool : AIFunction
{
    private const int Around = 150;
    private const int Most = 5;
    private static readonly JsonElement Schema = JsonElement.Parse("""{"type":"object","properties":{"document":{"type":"string","description":"The name of the document, as the search shows it."},"text":{"type":"string","description":"What to find in it."}},"required":["document","text"]}""");

    private readonly DocumentShelf _shelf;

    /// <summary>A finder.</summary>
    /// <param name="sources">Where documents are.</param>
    public FindTool(IReadOnlyList<ISearchSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        _shelf = new(sources);
    }

    /// <inheritdoc/>
    public override string Name => "find";

    /// <inheritdoc/>
    public override string Description => "Finds a text in a document, and shows what stands around it.";

    /// <inheritdoc/>
    public override JsonElement JsonSchema => Schema;

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var (name, wanted) = (ToolArguments.Text(arguments, "document"), ToolArguments.Text(arguments, "text"));
        var text = (await _shelf.FindAsync(name, cancellationToken).ConfigureAwait(false)).Text;
        var places = new List<string>();
        for (var at = text.IndexOf(wanted, StringComparison.OrdinalIgnoreCase); at >= 0 && places.Count < Most; at = text.IndexOf(wanted, at + wanted.Length, StringComparison.OrdinalIgnoreCase))
        {
            var (start, end) = (Math.Max(0, at - Around), Math.Min(text.Length, at + wanted.Length + Around));
            places.Add($"{(start > 0 ? "..." : "")}{text[start..end]}{(end < text.Length ? "..." : "")}");
        }

        return places.Count == 0 ? $"'{wanted}' is not in {name}." : string.Join("\n", places);
    }
}
