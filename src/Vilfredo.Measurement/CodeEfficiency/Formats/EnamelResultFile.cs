using Vilfredo.IO;
using Vilfredo.Measurement.CodeEfficiency.Estimators;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;
using Vilfredo.Measurement.Input;

namespace Vilfredo.Measurement.CodeEfficiency.Formats;

/// <summary>
/// What ENAMEL's evaluator saves: NAME~passes.json, per problem which samples passed, and NAME~effs.json, per problem and sample the
/// score of each level.
/// </summary>
public static class EnamelResultFile
{
    /// <summary>Joins the two files to the scores of the samples; the weights of the levels may differ from the run's.</summary>
    /// <param name="passes">The text of the passes.</param>
    /// <param name="efficiencies">The text of the scores by level.</param>
    /// <param name="source">What the texts are called in messages.</param>
    /// <param name="hardness">The weight of each level; <see langword="null"/> for the published ones.</param>
    /// <exception cref="InputFormatException">A text is no such file, or the two do not fit each other.</exception>
    public static IReadOnlyList<ProblemScores> Read(string passes, string efficiencies, string source, IReadOnlyList<double>? hardness = null)
    {
        ArgumentNullException.ThrowIfNull(passes);
        ArgumentNullException.ThrowIfNull(efficiencies);
        ArgumentNullException.ThrowIfNull(source);
        var weights = hardness ?? new LevelScoreOptions().Hardness;
        if (weights.Any(weight => !(weight >= 0) || double.IsInfinity(weight)) || !weights.Any(weight => weight > 0))
            throw new ArgumentOutOfRangeException(nameof(hardness), string.Join(", ", weights), "Weights of levels are at least 0, and one is above it.");
        var (passed, levels) = (JsonRecord.Parse(passes.AsMemory(), source), JsonRecord.Parse(efficiencies.AsMemory(), source));
        return [.. passed.Names.Select(name => Join(name, passed.Booleans(name), levels.NumberRows(name)))];

        ProblemScores Join(string problem, bool[] right, double[][] rows)
        {
            if (rows.Length != right.Length) throw levels.Problem($"problem \"{problem}\" has {right.Length} passes but scores of {rows.Length} samples");
            var scores = new double[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                if (rows[i].Length != weights.Count)
                    throw levels.Problem($"problem \"{problem}\", sample {i}: {rows[i].Length} levels, expected {weights.Count}");
                scores[i] = right[i] ? rows[i].Zip(weights, (score, weight) => score * weight).Sum() / weights.Sum() : 0;
            }

            return new ProblemScores(problem, scores, right.Count(isRight => isRight));
        }
    }
}
