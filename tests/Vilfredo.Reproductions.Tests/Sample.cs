namespace Vilfredo.Reproductions.Tests;

/// <summary>A study whose values are known: method "good" measures seed + 1, method "plain" measures seed.</summary>
internal sealed class Sample : Reproduction
{
    public Func<UnitContext, IReadOnlyDictionary<string, double>>? Measure { get; init; }

    public IReadOnlyList<Claim> Judged { get; init; } = [];

    public int Count; // units that were run

    public override Paper Paper { get; } = new("sample", "A Sample", "Nobody", 2026, "none");

    public override string Setting => "Nothing.";

    public override string Use => "Do not.";

    public override IReadOnlyList<ComparedMethod> Methods { get; } = [new("good", "adds one"), new("plain", "adds nothing", IsBaseline: true)];

    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize("cost", "s"), Objective.Maximize("quality")];

    public override IReadOnlyList<Claim> Claims => Judged;

    public override int Seeds(Scale scale) => scale == Scale.Smoke ? 3 : 8;

    public override IReadOnlyList<string> Settings(Scale scale) => ["k=1", "k=2"];

    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        Interlocked.Increment(ref Count);
        if (Measure is not null) return Measure(context);
        var quality = context.Unit.Seed + (context.Unit.Method == "good" ? 1 : 0);
        return new Dictionary<string, double> { ["cost"] = context.Unit.Setting == "k=2" ? 2 : 1, ["quality"] = quality };
    }

    public static Selection Quality(string method) => new(method, "k=1", "quality");
}
