namespace Vilfredo.Inference.Agents.Search;

/// <summary>A document of a search source.</summary>
/// <param name="Id">Its name in its source, unique there.</param>
/// <param name="Title">Its title; may be empty.</param>
/// <param name="Text">Its text.</param>
public sealed record SearchDocument(string Id, string Title, string Text);
