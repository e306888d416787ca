using System.Text.Json.Serialization;

namespace Vilfredo.Neural.Recursion.Configuration;

/// <summary>How a router's logit becomes the factor of a recursion's output.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateFunction>))]
public enum GateFunction
{
    /// <summary>alpha times the sigmoid.</summary>
    [JsonStringEnumMemberName("sigmoid")]
    Sigmoid,

    /// <summary>alpha times the hyperbolic tangent; of recursions that pick their tokens.</summary>
    [JsonStringEnumMemberName("tanh")]
    Tanh,

    /// <summary>alpha times the logit; of recursions that pick their tokens.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The softmax over the numbers of recursions; of tokens that pick their number.</summary>
    [JsonStringEnumMemberName("softmax")]
    Softmax,
}
