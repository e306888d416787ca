using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Providers;

/// <summary>A client that goes by the name of its definition, so that prices and accounts find it, whatever its model calls itself.</summary>
internal sealed class NamedChatClient(IChatClient inner, ModelDefinition model) : DelegatingChatClient(inner)
{
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("local", defaultModelId: model.Name)
        : serviceKey is null && serviceType == typeof(ModelDefinition) ? model
        : base.GetService(serviceType, serviceKey);
}
