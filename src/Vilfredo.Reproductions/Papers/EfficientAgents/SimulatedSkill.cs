using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Reproductions.Papers;

/// <summary>How often a simulated model errs, and what it costs. Set before any run; nothing was fitted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Misread">The chance to read something else than a document says, for each conclusion; three times that to take a novel's word where no document says anything.</param>
/// <param name="Misquery">The chance that a search leaves out the relation.</param>
/// <param name="Malformed">The chance that a call of a tool has a wrong argument.</param>
/// <param name="Early">The chance, at each step, to take the person in hand for the answer.</param>
/// <param name="Misorder">The chance to swap two relations of the question, for each plan, or for each step without one.</param>
/// <param name="Misjudge">The chance to misread a statement of an attempt that it judges.</param>
/// <param name="Price">The price of a million input tokens; output costs four times that.</param>
internal sealed record SimulatedSkill(string Name, double Misread, double Misquery, double Malformed, double Early, double Misorder, double Misjudge, double Price)
{
    public static SimulatedSkill Small { get; } = new("small", 0.12, 0.16, 0.08, 0.06, 0.16, 0.20, 0.15);

    public static SimulatedSkill Medium { get; } = new("medium", 0.06, 0.08, 0.04, 0.03, 0.08, 0.10, 0.60);

    public static SimulatedSkill Large { get; } = new("large", 0.02, 0.03, 0.01, 0.01, 0.03, 0.05, 2.50);

    /// <summary>What they cost.</summary>
    public static PriceTable Prices { get; } = new(
        "USD", new(2026, 1, 1), ((SimulatedSkill[])[Small, Medium, Large]).Select(skill => KeyValuePair.Create(skill.Name, new TokenPrice(skill.Price, 4 * skill.Price))));
}
