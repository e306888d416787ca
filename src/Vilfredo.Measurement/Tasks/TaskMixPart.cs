namespace Vilfredo.Measurement.Tasks;

/// <summary>One family in a <see cref="TaskMix"/>.</summary>
/// <param name="Family">The family.</param>
/// <param name="Weight">Its share relative to the other parts; positive.</param>
/// <param name="Easiest">The lowest difficulty drawn.</param>
/// <param name="Hardest">The highest difficulty drawn; uniform in between.</param>
public sealed record TaskMixPart(ITaskFamily Family, double Weight, int Easiest, int Hardest);
