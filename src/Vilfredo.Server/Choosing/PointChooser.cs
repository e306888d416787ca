using System.Globalization;
using Vilfredo.Decisions;
using Vilfredo.Inference.Serving;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Choosing;

/// <summary>Picks the point of a frontier for a request.</summary>
/// <remarks>
/// Only points on the frontier and within the request's limits are considered. With weights, the least weighted sum of quality lost, cost and latency, each over its range on the frontier. Without, the cheapest
/// where a least quality is asked for, and else the best. Latency stands in for a cost that is not known.
/// </remarks>
internal static class PointChooser
{
    private const int Objectives = 3;

    /// <summary>The point for a request.</summary>
    /// <param name="points">The points to choose from.</param>
    /// <param name="preference">What is wanted.</param>
    /// <returns>Null when none is within the limits.</returns>
    public static ServingPoint? Choose(IReadOnlyList<ServingPoint> points, RequestPreference preference)
    {
        var fitting = points.Where(point => point.IsOnFrontier && Fits(point, preference)).ToList();
        if (fitting.Count == 0)
            return null;
        var values = fitting.SelectMany(Values).ToArray();
        if (preference.Weights is { } weights)
            return fitting[PreferenceChoice.ByWeightedSum(values, Objectives, [weights.Quality, weights.Cost, weights.Latency], Scale(points)).Index];
        double[] limits = [.. Enumerable.Repeat(double.PositiveInfinity, Objectives)];
        return fitting[BudgetChoice.Choose(values, Objectives, limits, preference.MinimumQuality is null ? 0 : 1).Index!.Value];
    }

    /// <summary>The error that no point fits, with what would.</summary>
    public static ApiError NothingFits(IReadOnlyList<ServingPoint> points, string currency)
    {
        var frontier = points.Where(point => point.IsOnFrontier).ToList();
        var known = frontier.Where(point => point.Cost is not null).ToList();
        var cost = known.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", costs from {known.Min(point => point.Cost!.Value.Mean):G4} to {known.Max(point => point.Cost!.Value.Mean):G4} {currency}");
        return new(400, string.Create(CultureInfo.InvariantCulture,
            $"No point of the frontier is within the limits of this request. It has qualities from {frontier.Min(point => point.Quality.Mean):P1} to {frontier.Max(point => point.Quality.Mean):P1}{cost}, and latencies from {frontier.Min(point => point.Latency.Mean):G3} to {frontier.Max(point => point.Latency.Mean):G3} s."),
            code: "no_point_fits");
    }

    private static bool Fits(ServingPoint point, RequestPreference preference) =>
        // A cost that is not known is within no limit.
        (preference.MaximumCost is not { } cost || point.Cost?.Mean <= cost)
        && (preference.MaximumLatency is not { } latency || point.Latency.Mean <= latency)
        && (preference.MinimumQuality is not { } quality || point.Quality.Mean >= quality);

    private static double[] Values(ServingPoint point) => [-point.Quality.Mean, point.Cost?.Mean ?? point.Latency.Mean, point.Latency.Mean];

    private static ObjectiveNormalization Scale(IReadOnlyList<ServingPoint> points) =>
        ObjectiveNormalization.FromPoints(points.Where(point => point.IsOnFrontier).SelectMany(Values).ToArray(), Objectives);
}
