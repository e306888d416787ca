namespace Vilfredo.Server.Choosing;

/// <summary>A strategy that a request names itself.</summary>
/// <param name="Name">Its name in the catalog, or another name of it.</param>
/// <param name="Knobs">Its knobs as written.</param>
internal sealed record RequestedStrategy(string Name, IReadOnlyDictionary<string, string> Knobs);
