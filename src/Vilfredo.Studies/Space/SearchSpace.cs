using System.Diagnostics.CodeAnalysis;
using Vilfredo.Optimization;

namespace Vilfredo.Studies;

/// <summary>The knobs of a study, in order, and the constraints that every proposal must satisfy.</summary>
public sealed class SearchSpace
{
    /// <summary>The space without knobs, from which a define-by-run study starts.</summary>
    public static readonly SearchSpace Empty = new([]);

    private readonly Knob[] knobs;
    private readonly string[] names;
    private readonly int[] starts; // of each knob's variables, and their number at the end
    private readonly bool isConditional;
    private readonly DecisionSpace? decisions;

    /// <summary>Creates a space.</summary>
    /// <param name="knobs">The knobs; a condition may use only knobs that come before its own.</param>
    /// <param name="constraints">Formulas over knobs that must be true for every proposal. One that uses an inactive knob holds.</param>
    /// <exception cref="ArgumentException">A name occurs twice, or a formula uses an unknown or later knob.</exception>
    public SearchSpace(IEnumerable<Knob> knobs, IEnumerable<KnobExpression>? constraints = null)
    {
        ArgumentNullException.ThrowIfNull(knobs);
        this.knobs = [.. knobs];
        names = [.. this.knobs.Select(k => k.Name)];
        Constraints = [.. constraints ?? []];
        starts = new int[this.knobs.Length + 1];
        var variables = new List<Variable>();
        for (var i = 0; i < this.knobs.Length; i++)
        {
            variables.AddRange(this.knobs[i].ToVariables());
            starts[i + 1] = variables.Count;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var knob in this.knobs)
        {
            foreach (var name in knob.When?.Names ?? [])
            {
                if (!seen.Contains(name))
                    throw new ArgumentException($"Knob '{knob.Name}': its condition '{knob.When}' uses '{name}', which is no earlier knob; earlier are: {string.Join(", ", seen)}.", nameof(knobs));
            }

            if (knob.Default is { } value && !knob.Contains(value))
                throw new ArgumentException($"Knob '{knob.Name}': the default {value} is outside its range {knob.Describe()}.", nameof(knobs));
            if (!seen.Add(knob.Name))
                throw new ArgumentException($"The knob '{knob.Name}' is declared twice; name each knob once.", nameof(knobs));
            isConditional |= knob.When is not null;
        }

        foreach (var constraint in Constraints)
        {
            var unknown = constraint.Names.FirstOrDefault(n => !seen.Contains(n));
            if (unknown is not null)
                throw new ArgumentException($"The constraint '{constraint}' uses '{unknown}', which is no knob; there are: {string.Join(", ", names)}.", nameof(constraints));
        }

        if (this.knobs.Length > 0)
            decisions = new DecisionSpace(variables, Constraints.Count == 0 ? null : x => Satisfies(Decode(x)));
    }

    /// <summary>The knobs in order.</summary>
    public IReadOnlyList<Knob> Knobs => knobs;

    /// <summary>Formulas over knobs that must be true for every proposal.</summary>
    public IReadOnlyList<KnobExpression> Constraints { get; }

    /// <summary>The space as optimisers see it: one variable per knob (one per item of an order), inactive ones included, and the constraints as a filter.</summary>
    /// <exception cref="InvalidOperationException">The space has no knobs.</exception>
    public DecisionSpace Decisions => decisions ?? throw new InvalidOperationException("A space without knobs has no decisions.");

    /// <summary>The variables of a knob within a vector of decision variables.</summary>
    /// <param name="knob">The knob's position in <see cref="Knobs"/>.</param>
    public Range VariablesOf(int knob) => starts[knob]..starts[knob + 1];

    /// <summary>The knob of a name, if there is one.</summary>
    public Knob? Find(string name) => Array.Find(knobs, k => k.Name == name);

    /// <summary>The active knobs' values of a vector of decision variables.</summary>
    /// <param name="decisions">One value per variable of <see cref="Decisions"/>, within its bounds.</param>
    public Configuration Decode(ReadOnlySpan<double> decisions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(decisions.Length, starts[^1]);
        if (!isConditional)
        {
            var values = new KnobValue[knobs.Length];
            for (var i = 0; i < knobs.Length; i++) values[i] = knobs[i].Decode(decisions[VariablesOf(i)]);
            return new Configuration(names, values);
        }

        var active = new List<KeyValuePair<string, KnobValue>>(knobs.Length);
        for (var i = 0; i < knobs.Length; i++)
        {
            if (knobs[i].When is null || knobs[i].When!.IsTrue(name => ValueOf(active, name)))
                active.Add(new(knobs[i].Name, knobs[i].Decode(decisions[VariablesOf(i)])));
        }

        return new Configuration(active);
    }

    /// <summary>
    /// The decision variables of a configuration. A knob that it lacks has its default, or a random value, since it does
    /// not matter there.
    /// </summary>
    /// <returns><see langword="false"/> when a value lies outside the knob's range, as after a space was narrowed.</returns>
    public bool TryEncode(Configuration configuration, Span<double> decisions, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(random);
        for (var i = 0; i < knobs.Length; i++)
        {
            KnobValue value;
            if (i < configuration.Count && ReferenceEquals(configuration[i].Key, names[i])) value = configuration[i].Value;
            else if (!configuration.TryGet(names[i], out value))
            {
                knobs[i].Encode(knobs[i].Default ?? knobs[i].Sample(random), decisions[VariablesOf(i)]);
                continue;
            }

            if (!knobs[i].Contains(value)) return false;
            knobs[i].Encode(value, decisions[VariablesOf(i)]);
        }

        return true;
    }

    /// <summary>Whether every constraint holds. A constraint that uses an inactive knob holds.</summary>
    public bool Satisfies(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        foreach (var constraint in Constraints)
        {
            if (constraint.Names.All(n => configuration.TryGet(n, out _)) && !constraint.IsTrue(n => AsObject(configuration[n])))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Checks a configuration that comes from outside: known knobs, values in range, exactly the active knobs, constraints.
    /// </summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="problem">What is wrong, or <see langword="null"/>.</param>
    public bool Accepts(Configuration configuration, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        problem = null;
        foreach (var (name, value) in configuration)
        {
            var knob = Find(name);
            if (knob is null) problem = $"'{name}' is no knob of the study; there are: {string.Join(", ", names)}";
            else if (!knob.Contains(value)) problem = $"{name} = {value} is outside its range {knob.Describe()}";
            if (problem is not null) return false;
        }

        foreach (var knob in knobs)
        {
            var active = knob.When is null || knob.When.IsTrue(n => configuration.TryGet(n, out var v) ? AsObject(v) : null);
            var present = configuration.TryGet(knob.Name, out _);
            if (active && !present) problem = $"the knob '{knob.Name}' has no value";
            if (!active && present) problem = $"the knob '{knob.Name}' is inactive here (its condition is {knob.When})";
            if (problem is not null) return false;
        }

        if (!Satisfies(configuration)) problem = $"a constraint does not hold: {Constraints.First(c => !new SearchSpace(knobs, [c]).Satisfies(configuration))}";
        return problem is null;
    }

    /// <summary>
    /// The space with further knobs, and with the ranges of known ones widened to hold theirs, as a define-by-run
    /// objective asks for them.
    /// </summary>
    /// <param name="others">The knobs that were asked for.</param>
    /// <param name="news">What is new, in words; empty when nothing is.</param>
    internal SearchSpace UnitedWith(IReadOnlyList<Knob> others, out string news)
    {
        var united = new List<Knob>(knobs);
        var changes = new List<string>();
        foreach (var other in others)
        {
            var index = united.FindIndex(k => k.Name == other.Name);
            if (index < 0)
            {
                united.Add(other);
                changes.Add($"new knob {other.Name} {other.Describe()}");
            }
            else if (!united[index].Equals(other) && Unite(united[index], other) is var wider && !united[index].Equals(wider))
            {
                united[index] = wider;
                changes.Add($"knob {other.Name} widened to {wider.Describe()}");
            }
        }

        news = string.Join("; ", changes);
        return changes.Count == 0 ? this : new SearchSpace(united, Constraints);
    }

    internal static object AsObject(KnobValue value) => value.Type == KnobType.Categorical ? value.Text : value.Number;

    private static object? ValueOf(List<KeyValuePair<string, KnobValue>> active, string name)
    {
        foreach (var (key, value) in active)
        {
            if (key == name) return AsObject(value);
        }

        return null;
    }

    private static Knob Unite(Knob a, Knob b) => (a, b) switch
    {
        (FloatKnob x, FloatKnob y) => new FloatKnob(
            x.Name, Math.Min(x.Low, y.Low), Math.Max(x.High, y.High), x.Log && y.Log, x.Step == y.Step && x.Low == y.Low && !x.Log ? x.Step : null),
        (IntegerKnob x, IntegerKnob y) => new IntegerKnob(
            x.Name, Math.Min(x.Low, y.Low), Math.Max(x.High, y.High), x.Log && y.Log, x.Step == y.Step && x.Low == y.Low && !x.Log ? x.Step : 1),
        (CategoricalKnob x, CategoricalKnob y) => new CategoricalKnob(x.Name, x.Choices.Union(y.Choices, StringComparer.Ordinal)),
        (OrderKnob x, OrderKnob y) when x.Items.ToHashSet(StringComparer.Ordinal).SetEquals(y.Items) && x.Separator == y.Separator => x,
        (OrderKnob, OrderKnob) => throw new ArgumentException($"The knob '{a.Name}' was an {a.Describe()} before and is asked for as an {b.Describe()}; an order keeps its items."),
        _ => throw new ArgumentException($"The knob '{a.Name}' was a {a.Type} knob before and is asked for as a {b.Type} knob; use another name."),
    };
}
