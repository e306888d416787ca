using System.Text.Json;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Selection;

/// <summary>Asks which of two answers is better.</summary>
internal static class PairComparison
{
    private const string Schema = """{"type":"object","properties":{"better":{"type":"string","enum":["A","B","tie"]}},"required":["better"],"additionalProperties":false}""";

    /// <summary>What the first answer gets: 1 for better, ½ for equal, 0 for worse.</summary>
    public static Task<(double Value, Candidate Call)?> AskAsync(
        StrategyRun run, JudgeSettings settings, Candidate first, Candidate second, int round, int sibling, IEnumerable<Candidate> after, CancellationToken cancellation)
    {
        var prompt = PromptTemplate.Fill(settings.Prompts.Pair, ("question", PromptTemplate.QuestionOf(run.Messages)), ("first", first.Text), ("second", second.Text));
        return JudgeCall.AskAsync(run, settings, prompt, "better", Schema, Read, JudgeCall.Place(round, sibling, [first, second, .. after]), cancellation);
    }

    private static double? Read(JsonElement better) => better.ValueKind != JsonValueKind.String ? null : better.GetString()!.Trim().ToUpperInvariant() switch
    {
        "A" => 1,
        "B" => 0,
        "TIE" => 0.5,
        _ => null,
    };
}
