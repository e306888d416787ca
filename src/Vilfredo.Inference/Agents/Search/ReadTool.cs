using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Agents.Tools;

namespace Vilfredo.Inference.Agents.Search;

/// <summary>The tool <c>read</c>: a document that a search has named, whole or a page of it.</summary>
public sealed class ReadTool : AIFunction
{
    private static readonly JsonElement Whole = JsonElement.Parse("""{"type":"object","properties":{"document":{"type":"string","description":"The name of the document, as the search shows it."}},"required":["document"]}""");
    private static readonly JsonElement Paged = JsonElement.Parse("""{"type":"object","properties":{"document":{"type":"string","description":"The name of the document, as the search shows it."},"page":{"type":"integer","description":"The page, from 1; 1 when left out."}},"required":["document"]}""");

    private readonly DocumentShelf _shelf;
    private readonly int? _page;

    /// <summary>A reader.</summary>
    /// <param name="sources">Where documents are.</param>
    /// <param name="page">The characters of a page, at least 1; null reads documents whole.</param>
    public ReadTool(IReadOnlyList<ISearchSource> sources, int? page = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (page is < 1)
            throw new ArgumentOutOfRangeException(nameof(page), page, "A page has at least 1 character.");
        (_shelf, _page) = (new(sources), page);
    }

    /// <inheritdoc/>
    public override string Name => "read";

    /// <inheritdoc/>
    public override string Description => _page is null ? "Shows a document." : "Shows a page of a document.";

    /// <inheritdoc/>
    public override JsonElement JsonSchema => _page is null ? Whole : Paged;

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var document = await _shelf.FindAsync(ToolArguments.Text(arguments, "document"), cancellationToken).ConfigureAwait(false);
        if (_page is not { } size)
            return $"{document.Title}\n{document.Text}";
        var pages = Math.Max(1, (document.Text.Length + size - 1) / size);
        var page = ToolArguments.Integer(arguments, "page", 1);
        if (page < 1 || page > pages)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"the document has the pages 1 to {pages}, and no page {page}."));
        var start = (page - 1) * size;
        return string.Create(CultureInfo.InvariantCulture, $"{document.Title} (page {page} of {pages})\n{document.Text[start..Math.Min(document.Text.Length, start + size)]}");
    }
}
