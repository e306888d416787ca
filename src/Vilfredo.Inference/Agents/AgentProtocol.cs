namespace Vilfredo.Inference.Agents;

/// <summary>How a model is told of tools and asks for them.</summary>
public enum AgentProtocol
{
    /// <summary>By the model's function calling.</summary>
    Native,

    /// <summary>In plain text, for models without function calling; see <see cref="Tools.TextToolChatClient"/>.</summary>
    Text,
}
