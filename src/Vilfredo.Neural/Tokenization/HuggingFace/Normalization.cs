using System.Text.RegularExpressions;

namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>What a <c>tokenizer.json</c> does to the text first.</summary>
internal static class Normalization
{
    public static Func<string, string> Read(JsonSection? section)
    {
        switch (section?.Type)
        {
            case null:
                return text => text;
            case "NFC":
                return CanonicalForm.Compose;
            case "NFD":
                return CanonicalForm.Decompose;
            case "Lowercase":
                return text => text.ToLowerInvariant();
            case "Prepend":
                var prefix = section.RequiredText("prepend");
                return text => text.Length == 0 ? text : prefix + text;
            case "Replace":
                var pattern = new Regex(Patterns.Read(section), RegexOptions.CultureInvariant);
                var content = section.RequiredText("content");
                return text => pattern.Replace(text, _ => content);
            case "Sequence":
                var steps = section.Items("normalizers").Select(Read).ToList();
                return text => steps.Aggregate(text, (current, step) => step(current));
            default:
                throw section.Unsupported($"the type '{section.Type}'", "NFC, NFD, Lowercase, Prepend, Replace or Sequence");
        }
    }
}
