namespace Vilfredo.Inference.Agents.Assembly;

/// <summary>A component of a system that is varied by itself, such as the memory of an agent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Options">Its values beside the default one; at least one.</param>
public sealed record StudyComponent<TConfiguration>(string Name, IReadOnlyList<ComponentOption<TConfiguration>> Options);
