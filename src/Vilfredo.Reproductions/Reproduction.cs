namespace Vilfredo.Reproductions;

/// <summary>
/// The study of one paper at a scale that one machine allows: what is compared, on what, with how many seeds, and which claims
/// are judged. Composed of the library's components only.
/// </summary>
/// <remarks>
/// A study is all combinations of <see cref="Methods"/>, <see cref="Settings"/> and seeds 1, 2, …; each is a unit that runs by
/// itself, in any order and in parallel, and whose values depend on nothing but the unit.
/// </remarks>
public abstract class Reproduction
{
    /// <summary>The paper.</summary>
    public abstract Paper Paper { get; }

    /// <summary>The data, models and sizes of the study, and how they differ from the paper's.</summary>
    public abstract string Setting { get; }

    /// <summary>What somebody does with the method on models and data of their own.</summary>
    public abstract string Use { get; }

    /// <summary>What is compared, baselines included; at least one.</summary>
    public abstract IReadOnlyList<ComparedMethod> Methods { get; }

    /// <summary>Two of the measured values, cost first, which the study's plot shows.</summary>
    public abstract IReadOnlyList<Objective> Objectives { get; }

    /// <summary>The claims, in the order of the paper or dossier.</summary>
    public abstract IReadOnlyList<Claim> Claims { get; }

    /// <summary>
    /// Raised when the study's meaning changes in a way that its units do not show: results of another revision are not mixed in.
    /// </summary>
    public virtual int Revision => 1;

    /// <summary>The number of seeds of a scale, at least 1.</summary>
    public abstract int Seeds(Scale scale);

    /// <summary>The settings of the varied knobs at a scale, such as <c>n=200</c>; one empty text when there is none.</summary>
    public virtual IReadOnlyList<string> Settings(Scale scale) => [""];

    /// <summary>Whether a method is run in a setting; each is in all of them unless a study says otherwise.</summary>
    public virtual bool Runs(ComparedMethod method, string setting) => true;

    /// <summary>Runs one unit.</summary>
    /// <returns>The measured values by name; all finite, and the same names for each unit of a method.</returns>
    public abstract IReadOnlyDictionary<string, double> Run(UnitContext context);

    /// <summary>All units of a scale: settings outermost, then seeds, then methods.</summary>
    /// <param name="scale">How much is run.</param>
    /// <param name="seeds">The number of seeds; <see langword="null"/> for the scale's own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of seeds is below 1.</exception>
    public IReadOnlyList<RunUnit> Units(Scale scale, int? seeds = null)
    {
        var count = seeds ?? Seeds(scale);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(seeds));
        return
        [
            .. from setting in Settings(scale)
               from seed in Enumerable.Range(1, count)
               from method in Methods
               where Runs(method, setting)
               select new RunUnit(method.Name, setting, seed),
        ];
    }
}
