using System.Text.RegularExpressions;

namespace Vilfredo.Inference.Routing.Featurization;

/// <summary>How hard a prompt looks, by rules alone: a weighted sum of signals that can be counted in microseconds. The weights are ours, chosen beforehand and fitted to nothing; the kinds of signals are those of complexity routers in gateways.</summary>
/// <remarks>
/// Each signal is in [0, 1]: length (1 from 400 tokens on, at four characters a token), code (a fenced block, or lines that look like code), words that ask for reasoning (1 from 3 on), technical words (1 from 4 on),
/// steps (list items and "then", 1 from 5 on), numbers (1 from 8 on), and small talk or look-ups, which count against. The sum is clipped to [0, 1].
/// </remarks>
public static partial class PromptComplexity
{
    /// <summary>The weight of the length.</summary>
    public const double Length = 0.20;

    /// <summary>The weight of code.</summary>
    public const double Code = 0.15;

    /// <summary>The weight of words that ask for reasoning.</summary>
    public const double Reasoning = 0.25;

    /// <summary>The weight of technical words.</summary>
    public const double Technical = 0.15;

    /// <summary>The weight of steps.</summary>
    public const double Steps = 0.10;

    /// <summary>The weight of numbers.</summary>
    public const double Numbers = 0.15;

    /// <summary>The weight of small talk and look-ups, which is taken off.</summary>
    public const double Simple = 0.20;

    /// <summary>The complexity of a text, in [0, 1].</summary>
    public static double Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sum = (Length * Share(text.Length / 4.0, 400)) + (Code * (HasCode(text) ? 1 : 0)) + (Reasoning * Share(CountReasoning(text), 3)) + (Technical * Share(CountTechnical(text), 4))
            + (Steps * Share(CountSteps(text), 5)) + (Numbers * Share(NumberPattern().Count(text), 8)) - (Simple * (SimplePattern().IsMatch(text) ? 1 : 0));
        return Math.Clamp(sum, 0, 1);
    }

    internal static bool HasCode(string text) => text.Contains("```", StringComparison.Ordinal) || CodePattern().IsMatch(text);

    internal static int CountReasoning(string text) => ReasoningPattern().Count(text);

    internal static int CountTechnical(string text) => TechnicalPattern().Count(text);

    internal static int CountSteps(string text) => StepPattern().Count(text);

    private static double Share(double count, double full) => Math.Min(1, count / full);

    [GeneratedRegex(@"\b(why|prove|proof|derive|explain|step by step|reason(ing)?|compare|analy[sz]e|evaluate|justify|trade-?offs?|design|optimi[sz]e|how many|calculate|compute|solve|at least|at most)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReasoningPattern();

    [GeneratedRegex(@"\b(algorithm|function|class|database|server|protocol|complexity|matrix|theorem|integral|derivative|probability|distribution|equation|polynomial|compiler|thread|concurren\w+|kernel|regression|gradient|encrypt\w*|SQL|API|regex|recursion)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TechnicalPattern();

    [GeneratedRegex(@"^\s*(\d+[.)]|[-*])\s|\b(first|then|next|after that|finally|twice)\b", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex StepPattern();

    [GeneratedRegex(@"\d+(?:[.,]\d+)*", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"^\s*(hi|hello|hey|thanks|thank you|ok|okay|yes|no)\b|\b(what is the capital|who (is|was)|what year|when (is|was)|define|translate|spell)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SimplePattern();

    [GeneratedRegex(@"[;{}]\s*$|^\s*(def|class|public|private|import|using|#include|SELECT|function|var|let|const|return)\b", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern();
}
