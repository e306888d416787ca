using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Providers;

/// <summary>The clients of some models, opened when first asked for and kept. Thread-safe.</summary>
/// <param name="models">The models.</param>
/// <param name="openLocal">Opens models of the kind <see cref="ModelKind.Local"/>; null where there are none.</param>
/// <param name="options">How endpoints are called; null means the defaults.</param>
public sealed class ModelClients(IReadOnlyList<ModelDefinition> models, Func<ModelDefinition, IChatClient>? openLocal = null, EndpointOptions? options = null) : IDisposable
{
    private readonly Dictionary<string, IChatClient> _opened = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The models.</summary>
    public IReadOnlyList<ModelDefinition> Models { get; } = models;

    /// <summary>The client of a model.</summary>
    /// <exception cref="KeyNotFoundException">There is no model of that name; the message says which there are.</exception>
    /// <exception cref="ArgumentException">The model cannot be opened: it has no endpoint, its key is not set, or local models cannot be opened here.</exception>
    public IChatClient this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            lock (_lock)
            {
                if (_opened.TryGetValue(name, out var client))
                    return client;
                var model = Models.FirstOrDefault(model => model.Name == name)
                    ?? throw new KeyNotFoundException($"There is no model '{name}'; there are {string.Join(", ", Models.Select(model => model.Name))}.");
                return _opened[name] = Open(model, openLocal, options);
            }
        }
    }

    /// <summary>A new client of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="openLocal">Opens models of the kind <see cref="ModelKind.Local"/>; null where there are none.</param>
    /// <param name="options">How endpoints are called; null means the defaults.</param>
    /// <exception cref="ArgumentException">The model cannot be opened.</exception>
    public static IChatClient Open(ModelDefinition model, Func<ModelDefinition, IChatClient>? openLocal = null, EndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Kind == ModelKind.OpenAI
            ? EndpointChatClient.Open(model, options)
            : new NamedChatClient((openLocal ?? throw new ArgumentException($"The model '{model.Name}' is a local one, and local models cannot be opened here; use 'vilfredo', or give a function that opens them.", nameof(model)))(model), model);
    }

    /// <summary>Disposes the clients.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var client in _opened.Values)
                client.Dispose();
            _opened.Clear();
        }
    }
}
