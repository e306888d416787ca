using Microsoft.Extensions.AI;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Running;
using Vilfredo.Inference.Serving;
using Vilfredo.Inference.Strategies.Sampling;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Server.Chat;

/// <summary>A frontier that is being served: its points and the clients of its models. Immutable but for what drift has seen.</summary>
internal sealed class ServedFrontier : IDisposable
{
    private readonly Dictionary<string, ServedPoint> _points = new(StringComparer.Ordinal);
    private readonly ModelClients _clients;
    private int _users = 1;

    /// <exception cref="FormatException">A strategy cannot be built from its knobs.</exception>
    /// <exception cref="ArgumentException">A model cannot be opened.</exception>
    public ServedFrontier(ServingFrontier file, Func<ModelDefinition, IChatClient>? openLocal, EndpointOptions endpoints, TimeProvider time)
    {
        File = file;
        _clients = new(file.Models, openLocal, endpoints);
        try
        {
            foreach (var point in file.Points)
            {
                // What cannot be opened is known when the file is read, not at the first request.
                var strategy = StrategyCatalog.Build(point.Strategy, point.Knobs, name => _clients[name]);
                _points.Add(point.Name, new(point, strategy, time) { PassThrough = PassThroughOf(point.Model, strategy) });
            }
        }
        catch
        {
            _clients.Dispose();
            throw;
        }

        var priced = file.Models.Where(model => model.Price is not null).Select(model => KeyValuePair.Create(model.Name, model.Price!));
        Prices = new PriceTable(file.Currency, DateOnly.FromDateTime(file.Measured.UtcDateTime), priced);
    }

    public ServingFrontier File { get; }

    public PriceTable Prices { get; }

    public IReadOnlyCollection<ServedPoint> Points => _points.Values;

    public ServedPoint? Find(string name) => _points.GetValueOrDefault(name);

    /// <summary>A strategy over one of the models, measured or not.</summary>
    /// <exception cref="FormatException">There is no such strategy, or a knob is wrong.</exception>
    public ServedPoint Asked(string model, string strategy, IReadOnlyDictionary<string, string> knobs)
    {
        var built = StrategyCatalog.Build(strategy, knobs, name => _clients[name]);
        return new($"{strategy}-{model}", model, strategy, built) { PassThrough = PassThroughOf(model, built) };
    }

    /// <summary>A client that answers as a point does.</summary>
    public StrategyChatClient Client(ServedPoint point, StrategySettings settings) => new(_clients[point.Model], point.Strategy, settings with { Prices = Prices });

    /// <summary>Keeps the clients until the user has gone, also when the file has been replaced by then. False when it has gone already.</summary>
    public bool TryEnter()
    {
        for (var users = _users; users > 0; users = _users)
        {
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
                return true;
        }

        return false;
    }

    /// <summary>One user less; with the last one the clients are disposed.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            _clients.Dispose();
    }

    private EndpointPassThrough? PassThroughOf(string model, InferenceStrategy strategy)
    {
        var client = _clients[model];
        return strategy is SingleStrategy ? client.GetService<EndpointPassThrough>() : null;
    }
}
