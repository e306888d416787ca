using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Tests.Strategies;

/// <summary>Strategies of several stages by name: knobs with which they do all that they do, in few calls, and knobs with which they are a plain call.</summary>
internal static class ComposedStrategies
{
    private static readonly Dictionary<string, (string Full, string Plain, bool StreamsLast)> Known = new(StringComparer.Ordinal)
    {
        ["moa"] = ("layers=2 critique=true", "layers=0", true),
        ["fusion"] = ("n=3", "n=1", true),
        ["self_consistency"] = ("n=5", "n=1", false),
        ["pvg"] = ("rounds=2 helpful=2 sneaky=2", "rounds=0", false),
        ["mars"] = ("agents=2 aggregations=1 population=3 selected=2 iterations=2 agreement=5", "agents=1 aggregations=0 share=false iterations=0", true),
        ["cepo"] = ("n=1 plans=2", "n=1 plans=0", true),
        ["leap"] = ("examples=2", "examples=0", true),
        ["map_reduce"] = ("window=120 chunk=60", "window=100000", true),
        ["plan_and_solve"] = ("", "plan=none", true),
        ["plansearch"] = ("", "observations=0 solution=false", true),
        ["rto"] = ("rounds=2", "rounds=0", true),
        ["self_discover"] = ("modules=5", "modules=0", true),
        ["ab_mcts"] = ("trials=6", "trials=1", false),
        ["beam"] = ("depth=3", "beams=1 children=1", true),
        ["best_first"] = ("trials=6 nodes=steps", "trials=1", true),
        ["mcts"] = ("trials=6 batch=2", "trials=1", false),
        ["particle_filtering"] = ("particles=3 depth=3", "particles=1", true),
        ["rstar"] = ("trials=8", "trials=1", true),
        ["tot"] = ("keep=2 proposals=2", "keep=1 proposals=1", true),
        // Other forms of the same strategies.
        ["ab_mcts/steps"] = ("trials=6 nodes=steps prior=beta", "trials=1", true),
        ["best_first/answers"] = ("trials=5", "trials=1", false),
        ["cepo/best"] = ("n=2 plans=1 choice=pairwise", "n=1 plans=0", false),
        ["mcts/steps"] = ("trials=9 nodes=steps depth=3 batch=3", "trials=1", true),
        ["moa/wide"] = ("n=4", "layers=0", true),
        ["particle_filtering/sample"] = ("particles=2 depth=2 selection=sample", "particles=1", true),
        ["remom"] = ("breadth=3-2 kept_tokens=20", "", true),
    };

    /// <summary>All names.</summary>
    public static TheoryData<string> Names => [.. Known.Keys];

    /// <summary>Those with knobs that make them a plain call.</summary>
    public static TheoryData<string> Reducible => [.. Known.Where(pair => pair.Value.Plain.Length > 0).Select(pair => pair.Key)];

    /// <summary>Those whose last call is known beforehand to give the answer.</summary>
    public static TheoryData<string> Streaming => [.. Known.Where(pair => pair.Value.StreamsLast).Select(pair => pair.Key)];

    /// <summary>The name in the catalog of a form.</summary>
    public static string NameOf(string form) => form.Split('/')[0];

    /// <summary>The strategy with all its stages.</summary>
    public static InferenceStrategy Full(string name) => Build(name, Known[name].Full);

    /// <summary>The strategy as a plain call.</summary>
    public static InferenceStrategy Plain(string name) => Build(name, Known[name].Plain);

    private static InferenceStrategy Build(string name, string knobs) =>
        StrategyCatalog.Build(NameOf(name), knobs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(knob => knob.Split('=')).ToDictionary(knob => knob[0], knob => knob[1]));
}
