using System.Text.Json;

namespace Vilfredo.Inference.Providers;

/// <summary>A chat completion, or a chunk of one, as its endpoint wrote it, with the places in it that others need: its first choice, what it used, and the rest.</summary>
public sealed class RawCompletion
{
    private readonly ReadOnlyMemory<byte> _json;
    private Range _content;

    private RawCompletion(ReadOnlyMemory<byte> json) => _json = json;

    /// <summary>The model, as the endpoint names it; null when it does not.</summary>
    public string? ModelId { get; private set; }

    /// <summary>The first of the choices, a JSON object; empty in chunks that have none.</summary>
    public ReadOnlyMemory<byte> Choice { get; private set; }

    /// <summary>Whether the choice says why the model stopped: no chunk with words comes after it.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Whether there is more in the choice than the name of the role and blanks.</summary>
    public bool HasContent { get; private set; }

    /// <summary>What the completion used, a JSON object; empty where that is not said.</summary>
    public ReadOnlyMemory<byte> Usage { get; private set; }

    /// <summary>Tokens of the prompt; null where they are not said.</summary>
    public long? InputTokens { get; private set; }

    /// <summary>Tokens of the answer; null where they are not said.</summary>
    public long? OutputTokens { get; private set; }

    /// <summary>The part of the prompt's tokens that was read from a cache.</summary>
    public long CachedTokens { get; private set; }

    /// <summary>The part of the answer's tokens that was reasoning.</summary>
    public long ReasoningTokens { get; private set; }

    /// <summary>The fields beside the ones above, <c>id</c>, <c>object</c> and <c>created</c>, with their values as JSON.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Value)> Others { get; private set; } = [];

    /// <summary>The text of the choice; empty where it has none.</summary>
    public string ReadText()
    {
        if (_content.Equals(default))
            return "";
        var reader = new Utf8JsonReader(_json[_content].Span);
        reader.Read();
        return reader.GetString() ?? "";
    }

    /// <summary>Reads a whole completion.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="model">The model, for errors.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">It is no completion.</exception>
    /// <exception cref="ModelCallException">It has no choice, or is an error.</exception>
    internal static RawCompletion Read(ReadOnlyMemory<byte> json, string model)
    {
        var completion = new RawCompletion(json);
        if (!completion.Read("message"u8, model))
            throw new FormatException("it has no 'choices' with a 'message'.");
        return completion;
    }

    /// <summary>Reads a chunk.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">It is no chunk.</exception>
    /// <exception cref="ModelCallException">It is an error.</exception>
    internal static RawCompletion ReadChunk(ReadOnlyMemory<byte> json, string model)
    {
        var chunk = new RawCompletion(json);
        chunk.Read("delta"u8, model);
        return chunk;
    }

    // Whether there was a choice with a part of the name.
    private bool Read(ReadOnlySpan<byte> part, string model)
    {
        var reader = new Utf8JsonReader(_json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException("it is no JSON object.");
        List<(string, ReadOnlyMemory<byte>)>? others = null;
        var hasPart = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                reader.Read();
                hasPart = ReadChoices(ref reader, part, model);
            }
            else if (reader.ValueTextEquals("model"u8))
            {
                reader.Read();
                ModelId = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                ReadUsage(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("object"u8) || reader.ValueTextEquals("created"u8))
            {
                reader.Skip();
            }
            else
            {
                var name = reader.GetString()!;
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                var isNull = reader.TokenType == JsonTokenType.Null;
                reader.Skip();
                if (name == "error" && !isNull)
                    throw EndpointFailure.InAnswer(model, _json.Span);
                (others ??= []).Add((name, _json[start..(int)reader.BytesConsumed]));
            }
        }

        // What follows the object is no JSON.
        reader.Read();
        Others = others ?? Others;
        return hasPart;
    }

    private bool ReadChoices(ref Utf8JsonReader reader, ReadOnlySpan<byte> part, string model)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return false;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new FormatException("its 'choices' are no list.");
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
            return part.SequenceEqual("delta"u8) ? false : throw new ModelCallException(model, "the endpoint answered without a choice.");
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException("a choice is no object.");
        var start = (int)reader.TokenStartIndex;
        var hasPart = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("finish_reason"u8))
            {
                reader.Read();
                IsFinished = reader.TokenType == JsonTokenType.String;
                reader.Skip();
            }
            else if (reader.ValueTextEquals(part))
            {
                reader.Read();
                hasPart = reader.TokenType == JsonTokenType.StartObject;
                if (hasPart)
                    ReadPart(ref reader);
                else
                    reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        Choice = _json[start..(int)reader.BytesConsumed];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            reader.Skip();
        return hasPart;
    }

    private void ReadPart(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isRole, isContent) = (reader.ValueTextEquals("role"u8), reader.ValueTextEquals("content"u8));
            reader.Read();
            if (isContent && reader.TokenType == JsonTokenType.String)
            {
                _content = (int)reader.TokenStartIndex..(int)reader.BytesConsumed;
                HasContent |= !IsBlank(reader);
            }
            else
            {
                HasContent |= !isRole && reader.TokenType switch
                {
                    JsonTokenType.Null => false,
                    JsonTokenType.String => !IsBlank(reader),
                    _ => true,
                };
                reader.Skip();
            }
        }
    }

    private static bool IsBlank(in Utf8JsonReader text) => text.ValueSpan.Length <= 64 && (text.ValueIsEscaped ? string.IsNullOrWhiteSpace(text.GetString()) : text.ValueSpan.Trim(" \t\r\n"u8).IsEmpty);

    private void ReadUsage(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        var start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8))
                InputTokens = ReadCount(ref reader);
            else if (reader.ValueTextEquals("completion_tokens"u8))
                OutputTokens = ReadCount(ref reader);
            else if (reader.ValueTextEquals("prompt_tokens_details"u8))
                CachedTokens = ReadDetail(ref reader, "cached_tokens"u8);
            else if (reader.ValueTextEquals("completion_tokens_details"u8))
                ReasoningTokens = ReadDetail(ref reader, "reasoning_tokens"u8);
            else
                reader.Skip();
        }

        Usage = _json[start..(int)reader.BytesConsumed];
    }

    private static long ReadDetail(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return 0;
        }

        var count = 0L;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
                count = ReadCount(ref reader) ?? 0;
            else
                reader.Skip();
        }

        return count;
    }

    private static long? ReadCount(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count))
            return Math.Max(0, count);
        reader.Skip();
        return null;
    }
}
