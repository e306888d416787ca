using System.Text.Json.Serialization;

namespace Vilfredo.Neural.Recursion.Configuration;

/// <summary>Who decides how many recursions a token takes.</summary>
/// <remarks>Source: Bae et al., Mixture-of-Recursions, 2025, section 2.2.1.</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<RoutingChoice>))]
public enum RoutingChoice
{
    /// <summary>Each recursion picks its tokens, among those that took the one before: in training the best of a sequence up to its capacity, which reads the future; in use those above a threshold.</summary>
    [JsonStringEnumMemberName("expert")]
    Expert,

    /// <summary>Each token picks its number of recursions before the first of them.</summary>
    [JsonStringEnumMemberName("token")]
    Token,
}
