using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions;

/// <summary>The studies by slug.</summary>
public sealed class ReproductionCatalog
{
    private readonly Reproduction[] reproductions;

    /// <summary>Creates a catalog.</summary>
    /// <exception cref="ArgumentException">Two studies have the same slug.</exception>
    public ReproductionCatalog(IEnumerable<Reproduction> reproductions)
    {
        ArgumentNullException.ThrowIfNull(reproductions);
        this.reproductions = [.. reproductions.OrderBy(r => r.Paper.Slug, StringComparer.Ordinal)];
        if (this.reproductions.DistinctBy(r => r.Paper.Slug).Count() < this.reproductions.Length)
            throw new ArgumentException("Two studies have the same slug.", nameof(reproductions));
    }

    /// <summary>The studies of this library. A new study is one line here.</summary>
    public static ReproductionCatalog Library { get; } = new(
    [
        new AiEnvironmentalImpactStudy(),
        new CarbonReportingStudy(),
        new EfficientAgentsStudy(),
        new EnamelStudy(),
        new EvalPerfStudy(),
        new HourglassMlpStudy(),
        new IdealizedRuntimeStudy(),
        new Llm4EffiStudy(),
        new MixtureOfRecursionsStudy(),
        new MuonMlaMoeStudy(),
        new NonsmoothPdeStudy(),
        new ParallelDistillRefineStudy(),
        new ParScaleStudy(),
        new SharpeRatioAtKStudy(),
        new SoccerBettingStudy(),
        new VerifierFreeScalingStudy(),
    ]);

    /// <summary>All studies, by slug.</summary>
    public IReadOnlyList<Reproduction> All => reproductions;

    /// <summary>The study of a slug, or <see langword="null"/>.</summary>
    public Reproduction? Find(string slug) => Array.Find(reproductions, r => r.Paper.Slug == slug);
}
