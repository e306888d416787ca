namespace Vilfredo.Statistics;

/// <summary>A number computed from one sample, such as its mean; must not depend on the order of the values.</summary>
/// <param name="sample">The values, at least one.</param>
public delegate double Statistic(ReadOnlySpan<double> sample);

/// <summary>A number computed from two samples, such as the difference of their medians.</summary>
/// <param name="first">The first sample. In a paired analysis, element i belongs to element i of <paramref name="second"/>.</param>
/// <param name="second">The second sample.</param>
public delegate double TwoSampleStatistic(ReadOnlySpan<double> first, ReadOnlySpan<double> second);

/// <summary>A number computed from several strata, such as a mean over tasks of the means over seeds.</summary>
/// <param name="values">The strata's values one after another.</param>
/// <param name="sizes">How many of the values belong to each stratum.</param>
public delegate double StratifiedStatistic(ReadOnlySpan<double> values, ReadOnlySpan<int> sizes);
