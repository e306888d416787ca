namespace Vilfredo.Inference.Agents.Assembly;

/// <summary>A value that a component can have.</summary>
/// <param name="Name">Its name, unique in its component.</param>
/// <param name="Apply">Gives a configuration this value.</param>
public sealed record ComponentOption<TConfiguration>(string Name, Func<TConfiguration, TConfiguration> Apply);
