using Vilfredo.IO;

namespace Vilfredo.Cli.Errors;

/// <summary>Names what a user probably meant.</summary>
internal static class Suggestion
{
    /// <summary>A sentence such as <c>Did you mean "cost"?</c>, or <see langword="null"/> when nothing is near.</summary>
    public static string? For(string given, IEnumerable<string> known) =>
        NearestName.Find(given, known) is { } name ? $"Did you mean \"{name}\"?" : null;
}
