using System.Globalization;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Serving;
using Vilfredo.Inference.Strategies.Routing;
using Vilfredo.Server.Chat;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Choosing;

/// <summary>Who may answer a request: the point or strategy that it names, or the points of the frontier, the preferred one first.</summary>
internal sealed class Candidates
{
    private const string FrontierPrefix = "frontier/";
    private const string PlainStrategy = "single";
    private const string RouterPrefix = "router-";

    private static readonly Dictionary<string, RequestPreference> Presets = new(StringComparer.Ordinal)
    {
        ["vilfredo/best"] = new() { Weights = (1, 0, 0) },
        ["vilfredo/cheapest"] = new() { Weights = (0, 1, 0) },
        ["vilfredo/fastest"] = new() { Weights = (0, 0, 1) },
    };

    private readonly ServedFrontier _frontier;
    private readonly List<ServingPoint> _points;
    private readonly RequestPreference _preference;

    private Candidates(ServedFrontier frontier, IEnumerable<ServingPoint> points, RequestPreference preference, ServedPoint? named = null)
    {
        (_frontier, _points, _preference) = (frontier, [.. points], preference);
        First = named ?? Best() ?? throw PointChooser.NothingFits(frontier.File.Points, frontier.File.Currency);
    }

    /// <summary>The names of ready-made preferences.</summary>
    public static IEnumerable<string> PresetNames => Presets.Keys;

    /// <summary>Who is to answer.</summary>
    public ServedPoint First { get; }

    /// <summary>The candidates of a request.</summary>
    /// <param name="frontier">What is served.</param>
    /// <param name="request">The request.</param>
    /// <param name="allowsStrategies">Whether requests may name strategies that were not measured.</param>
    /// <exception cref="ApiError">There is no such model or strategy, or no point is within the request's limits.</exception>
    public static Candidates Of(ServedFrontier frontier, ChatCompletionRequest request, bool allowsStrategies)
    {
        if (request.Samples is { } samples)
            return Sampled(frontier, request, samples, allowsStrategies);
        if (request.Strategy is { } strategy)
        {
            if (!allowsStrategies)
                throw new ApiError(403, "This server answers with measured points only; start it with --strategies to let requests name strategies.", code: "strategies_not_allowed");
            return Asked(frontier, request.Model, strategy);
        }

        // A point that is asked for by its name has no stand-in.
        if (frontier.Find(request.Model) is { } point)
            return new(frontier, [], RequestPreference.None, point);
        if (Presets.TryGetValue(request.Model, out var preset))
            return new(frontier, frontier.File.Points, request.Preference with { Weights = request.Preference.Weights ?? preset.Weights });
        if (request.Model == FrontierPrefix + frontier.File.Name || request.Model == frontier.File.Name)
            return new(frontier, frontier.File.Points, request.Preference);
        if (allowsStrategies && InModelName(frontier, request.Model) is { } named)
            return Asked(frontier, named.Model, new(named.Strategy, new Dictionary<string, string>()));
        if (allowsStrategies && RoutedAt(frontier, request.Model) is { } routed)
            return new(frontier, [], RequestPreference.None, routed);
        throw new ApiError(404, $"There is no model '{request.Model}'; there are {FrontierPrefix}{frontier.File.Name}, {string.Join(", ", PresetNames)}, and the points that GET /v1/models lists.", code: "model_not_found");
    }

    /// <summary>Who answers when a point's model has failed: another model is more likely to be up than another strategy of the same one. Null when there is none.</summary>
    /// <param name="failed">The point that has failed.</param>
    /// <param name="canAnswer">Whether a point can honour all that the request asks for.</param>
    public ServedPoint? After(ServedPoint failed, Func<ServedPoint, bool> canAnswer)
    {
        _points.RemoveAll(other => other.Name == failed.Name || other.Model == failed.Model || !canAnswer(_frontier.Find(other.Name)!));
        return Best();
    }

    // One strategy with another number of samples: nothing was measured of it, whoever named it.
    private static Candidates Sampled(ServedFrontier frontier, ChatCompletionRequest request, int samples, bool allowsStrategies)
    {
        var point = request.Strategy is null ? frontier.Find(request.Model) : null;
        var (model, strategy) = request.Strategy is { } named ? (request.Model, named)
            : point is { Measured: { } measured } ? (measured.Model, new RequestedStrategy(measured.Strategy, measured.Knobs))
            : InModelName(frontier, request.Model) is { } inName ? (inName.Model, new(inName.Strategy, new Dictionary<string, string>()))
            : throw ApiError.Field("budget", $"'budget' is the number of samples of one strategy, but '{request.Model}' names none; name a point or a strategy, or limit the answer with 'vilfredo': {{\"budget\": {{\"max_calls\": {samples}}}}}.");
        if (!allowsStrategies)
            throw new ApiError(403, "This server answers with measured points only; start it with --strategies to let requests set the number of samples.", code: "strategies_not_allowed");
        var definition = StrategyCatalog.Find(strategy.Name);
        if (definition is { SamplesKnob: null })
        {
            throw ApiError.Field(
                "budget", $"The strategy '{definition.Name}' has no number of samples that 'budget' could set; these have: {string.Join(", ", StrategyCatalog.All.Where(one => one.SamplesKnob is not null).Select(one => one.Name))}.");
        }

        // A strategy that there is not is named as ever.
        if (definition?.SamplesKnob is not { } knob)
            return Asked(frontier, model, strategy);
        var written = samples.ToString(CultureInfo.InvariantCulture);
        if (point is null && strategy.Knobs.TryGetValue(knob, out var given) && given != written)
            throw ApiError.Field("budget", $"'budget' is {written}, but the knob '{knob}' is {given}; give one of them.");
        var knobs = new Dictionary<string, string>(strategy.Knobs) { [knob] = written };
        if (point is null)
            return Asked(frontier, model, strategy with { Knobs = knobs });
        try
        {
            // The files that a point's knobs name are the server's own.
            return new(frontier, [], RequestPreference.None, frontier.Asked(model, definition.Name, knobs));
        }
        catch (FormatException error)
        {
            throw ApiError.Field("budget", error.Message);
        }
    }

    private static Candidates Asked(ServedFrontier frontier, string model, RequestedStrategy strategy)
    {
        if (frontier.File.Models.All(one => one.Name != model))
            throw new ApiError(404, $"There is no model '{model}' for the strategy '{strategy.Name}'; there are {string.Join(", ", frontier.File.Models.Select(one => one.Name))}.", code: "model_not_found");
        var definition = StrategyCatalog.Find(strategy.Name)
            ?? throw ApiError.Field("strategy", $"There is no strategy '{strategy.Name}'; there are {string.Join(", ", StrategyCatalog.All.Select(one => one.Name))}.");
        if (definition.Knobs.FirstOrDefault(knob => knob.Kind == KnobKind.File && strategy.Knobs.ContainsKey(knob.Name)) is { } file)
            throw ApiError.Field("strategy", $"The knob '{file.Name}' of '{definition.Name}' names a file, which a request cannot do; measure a point with it and serve that.");
        if (definition.RunsCode)
            throw ApiError.Field("strategy", $"The strategy '{definition.Name}' runs programs that models write, which a request cannot ask for; measure a point with it and serve that.");
        // Their parts are written as text, and could name files too.
        if (definition.ModelsOf is not null)
            throw ApiError.Field("strategy", $"The strategy '{definition.Name}' is made of others, which a request cannot name; measure a point with it and serve that.");
        try
        {
            return new(frontier, [], RequestPreference.None, frontier.Asked(model, definition.Name, strategy.Knobs));
        }
        catch (Exception error) when (error is FormatException or KeyNotFoundException)
        {
            throw ApiError.Field("strategy", error.Message);
        }
    }

    // STRATEGY-MODEL, or a model alone. A model's own name may have hyphens, so the longest one counts.
    private static (string Strategy, string Model)? InModelName(ServedFrontier frontier, string name)
    {
        foreach (var model in frontier.File.Models.Select(model => model.Name).OrderByDescending(model => model.Length))
        {
            if (name == model)
                return (PlainStrategy, model);
            if (name.EndsWith("-" + model, StringComparison.Ordinal) && StrategyCatalog.Find(name[..^(model.Length + 1)]) is { } strategy)
                return (strategy.Name, model);
        }

        return null;
    }

    // router-POINT-THRESHOLD: a point that routes, with another threshold. The name is the one that RouteLLM's server knows.
    private static ServedPoint? RoutedAt(ServedFrontier frontier, string name)
    {
        var end = name.LastIndexOf('-');
        if (!name.StartsWith(RouterPrefix, StringComparison.Ordinal) || end <= RouterPrefix.Length || frontier.Find(name[RouterPrefix.Length..end]) is not { Measured: { } point } || StrategyCatalog.Find(point.Strategy) != RouterStrategy.Definition)
            return null;
        try
        {
            var knobs = new Dictionary<string, string>(point.Knobs) { ["rule"] = "threshold", ["threshold"] = name[(end + 1)..] };
            return frontier.Asked(point.Model, point.Strategy, knobs) with { Name = name };
        }
        catch (FormatException error)
        {
            throw ApiError.Field("model", error.Message);
        }
    }

    private ServedPoint? Best() => PointChooser.Choose(_points, _preference) is { } point ? _frontier.Find(point.Name) : null;
}
