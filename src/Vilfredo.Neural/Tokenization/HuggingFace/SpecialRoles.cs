using System.Text.Json;

namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>The names of the tokens that begin, end and pad, from <c>tokenizer_config.json</c> and, where that does not say, <c>special_tokens_map.json</c>.</summary>
/// <param name="Begin">The name of the token that begins a text, or null.</param>
/// <param name="End">The name of the token that ends a text, or null.</param>
/// <param name="Padding">The name of the token that pads, or null.</param>
internal sealed record SpecialRoles(string? Begin, string? End, string? Padding)
{
    public const string ConfigFile = "tokenizer_config.json";
    public const string MapFile = "special_tokens_map.json";

    public static SpecialRoles Read(string folder)
    {
        var files = new[] { ConfigFile, MapFile }.Select(name => Path.Combine(folder, name)).Where(File.Exists).Select(JsonSection.Read).ToList();
        return new(Name("bos_token"), Name("eos_token"), Name("pad_token"));

        string? Name(string role) => files.Select(file => Content(file, role)).FirstOrDefault(name => name is not null);
    }

    private static string? Content(JsonSection file, string role) =>
        file.Value(role) is { ValueKind: JsonValueKind.Object } ? file.Section(role)!.RequiredText("content") : file.Text(role);
}
