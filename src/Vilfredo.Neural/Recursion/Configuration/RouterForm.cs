using System.Text.Json.Serialization;

namespace Vilfredo.Neural.Recursion.Configuration;

/// <summary>The network that scores tokens for recursions, without biases.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RouterForm>))]
public enum RouterForm
{
    /// <summary>One matrix.</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,

    /// <summary>Two matrices with a GELU of twice the width of the residual stream between them.</summary>
    [JsonStringEnumMemberName("mlp")]
    Mlp,

    /// <summary>The same with four times the width.</summary>
    [JsonStringEnumMemberName("wide_mlp")]
    WideMlp,
}
