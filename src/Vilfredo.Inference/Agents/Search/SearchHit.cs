namespace Vilfredo.Inference.Agents.Search;

/// <summary>A document that a search found.</summary>
/// <param name="Document">The document.</param>
/// <param name="Score">How well it matches, higher for better; comparable within one source only.</param>
/// <param name="Snippet">The part of its text that matches best.</param>
public sealed record SearchHit(SearchDocument Document, double Score, string Snippet);
