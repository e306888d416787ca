namespace Vilfredo.Inference.Agents.Search;

/// <summary>How an agent reads documents beyond their snippets (dossier of Wang et al., arXiv 2508.02694: crawler, browser with simple and with advanced operations).</summary>
public enum PageReading
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>The whole document at once, as a crawler fetches it; what is longer than an observation is cut.</summary>
    Document,

    /// <summary>Page by page.</summary>
    Pages,

    /// <summary>Page by page, and a search within a document. Links are not followed: documents of a source have none that are known here.</summary>
    Find,
}
