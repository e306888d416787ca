namespace Vilfredo.Inference.Agents.Assembly;

/// <summary>What a study of components has measured.</summary>
/// <param name="Default">The default configuration.</param>
/// <param name="Options">Every option of every component, by itself.</param>
public sealed record ComponentReport(OptionResult Default, IReadOnlyList<OptionResult> Options)
{
    /// <summary>The default, and then every option.</summary>
    public IEnumerable<OptionResult> All => Options.Prepend(Default);

    /// <summary>The option of a component that the assembly rule takes: the lowest cost of pass among those whose accuracy is at most so much below the default's; the default among equals.</summary>
    /// <param name="component">The component.</param>
    /// <param name="tolerance">The accuracy that may be lost, in points of a hundred; the published tables follow from 1 to 3.</param>
    /// <returns>The result of the option, or <see cref="Default"/>.</returns>
    /// <exception cref="ArgumentException">There is no such component.</exception>
    public OptionResult Choose(string component, double tolerance = 2)
    {
        ArgumentNullException.ThrowIfNull(component);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        var options = Options.Where(option => option.Component == component).ToList();
        if (options.Count == 0)
            throw new ArgumentException($"There is no component '{component}'; there are: {string.Join(", ", Options.Select(option => option.Component).Distinct())}.", nameof(component));
        // Accuracies are shares of whole tasks: a rounding must not decide.
        return options.Where(option => option.Accuracy >= Default.Accuracy - tolerance / 100 - 1e-9).Prepend(Default).MinBy(option => option.CostOfPass.Value)!;
    }
}
