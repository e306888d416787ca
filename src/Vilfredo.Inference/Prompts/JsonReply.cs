using System.Text;
using System.Text.Json;

namespace Vilfredo.Inference.Prompts;

/// <summary>Finds the JSON object of a reply, where the model was asked for one and may have written more.</summary>
public static class JsonReply
{
    /// <summary>The last object in the text that has a property; null when there is none.</summary>
    /// <param name="text">The reply.</param>
    /// <param name="property">The property.</param>
    public static JsonElement? Find(string text, string property)
    {
        ArgumentNullException.ThrowIfNull(text);
        JsonElement? found = null;
        for (var start = text.IndexOf('{'); start >= 0 && start < text.Length; start = text.IndexOf('{', start))
        {
            var bytes = Encoding.UTF8.GetBytes(text[start..]);
            var reader = new Utf8JsonReader(bytes);
            try
            {
                using var document = JsonDocument.ParseValue(ref reader);
                if (document.RootElement.TryGetProperty(property, out var value))
                    found = value.Clone();
                start += Encoding.UTF8.GetString(bytes, 0, (int)reader.BytesConsumed).Length;
            }
            catch (JsonException)
            {
                start++;
            }

            if (start >= text.Length)
                break;
        }

        return found;
    }
}
