using System.Text.Json;
using Vilfredo.Inference.Routing.Files;
using Vilfredo.Inference.Routing.Rules;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Routing;

/// <summary>A router's rule in words and for machines.</summary>
internal static class RuleText
{
    /// <summary>The rule in words.</summary>
    public static string Of(RouterFile router)
    {
        switch (router.Rule)
        {
            case ThresholdRule threshold:
                var (strong, weak) = threshold.Pair(router.Measures);
                return $"{router.Candidates[strong].Point.Name} where it wins against {router.Candidates[weak].Point.Name} with a probability of at least {QuantityFormat.Significant(threshold.Threshold, 4)}, the latter elsewhere";
            case UtilityRule utility:
                return $"the highest expected quality less {QuantityFormat.Significant(utility.Lambda, 4)} for each {router.CostUnit} of cost";
            case QualityTargetRule target:
                return $"the cheapest candidate of which a quality of {QuantityFormat.Significant(target.Quality, 4)} is expected";
            default:
                return "quality, latency, cost and load by their weights";
        }
    }

    /// <summary>The rule as a property of an object.</summary>
    public static void WriteJson(Utf8JsonWriter json, RouterFile router)
    {
        json.WriteStartObject("rule");
        switch (router.Rule)
        {
            case ThresholdRule threshold:
                var (strong, weak) = threshold.Pair(router.Measures);
                json.WriteString("kind", "threshold");
                json.WriteNumber("threshold", threshold.Threshold);
                json.WriteString("strong", router.Candidates[strong].Point.Name);
                json.WriteString("weak", router.Candidates[weak].Point.Name);
                break;
            case UtilityRule utility:
                json.WriteString("kind", "utility");
                json.WriteNumber("lambda", utility.Lambda);
                break;
            case QualityTargetRule target:
                json.WriteString("kind", "quality");
                json.WriteNumber("quality", target.Quality);
                break;
            default:
                json.WriteString("kind", "multi_factor");
                break;
        }

        json.WriteEndObject();
    }
}
