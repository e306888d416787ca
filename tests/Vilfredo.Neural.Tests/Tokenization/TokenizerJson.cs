using System.Text.Json.Nodes;

namespace Vilfredo.Neural.Tests.Tokenization;

/// <summary>Writes small files of the kinds that models come with.</summary>
internal static class TokenizerJson
{
    public const string Qwen2Pattern = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public static JsonObject ByteLevel(ToyBytePairs model, bool addsSpace = false) => new()
    {
        ["version"] = "1.0",
        ["added_tokens"] = new JsonArray(),
        ["normalizer"] = null,
        ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = addsSpace, ["trim_offsets"] = true },
        ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
        ["model"] = Model(model),
    };

    public static JsonObject Qwen2(ToyBytePairs model)
    {
        var json = ByteLevel(model);
        json["normalizer"] = new JsonObject { ["type"] = "NFC" };
        json["pre_tokenizer"] = JsonNode.Parse("""{"type":"Sequence","pretokenizers":[{"type":"Split","behavior":"Isolated","invert":false},{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]}""");
        json["pre_tokenizer"]!["pretokenizers"]![0]!["pattern"] = new JsonObject { ["Regex"] = Qwen2Pattern };
        return json;
    }

    public static JsonObject Llama2(ToyBytePairs model)
    {
        var json = new JsonObject
        {
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = JsonNode.Parse("""{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]}"""),
            ["pre_tokenizer"] = null,
            ["decoder"] = JsonNode.Parse("""{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]}"""),
            ["model"] = Model(model),
        };
        json["model"]!["unk_token"] = "<unk>";
        json["model"]!["fuse_unk"] = true;
        json["model"]!["byte_fallback"] = true;
        return json;
    }

    public static void AddToken(this JsonObject json, int id, string content, bool special, bool normalized = false, bool left = false, bool right = false) =>
        json["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = id, ["content"] = content, ["single_word"] = false, ["lstrip"] = left, ["rstrip"] = right, ["normalized"] = normalized, ["special"] = special });

    public static void Write(this JsonObject json, TemporaryFolder folder) => File.WriteAllText(folder.File("tokenizer.json"), json.ToJsonString());

    private static JsonObject Model(ToyBytePairs model) => new()
    {
        ["type"] = "BPE",
        ["dropout"] = null,
        ["unk_token"] = null,
        ["continuing_subword_prefix"] = "",
        ["end_of_word_suffix"] = "",
        ["fuse_unk"] = false,
        ["vocab"] = new JsonObject(model.Vocabulary.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["merges"] = new JsonArray([.. model.Merges.Select(merge => (JsonNode)merge)]),
    };
}
