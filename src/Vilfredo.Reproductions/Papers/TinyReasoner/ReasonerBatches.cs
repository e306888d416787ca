using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Training.Data;

namespace Vilfredo.Reproductions.Papers;

/// <summary>What the small models are trained on. Each batch has one role, so that its rows have about the same length.</summary>
/// <remarks>
/// The reasoner learns to solve in the first half of its operations, and then four roles: solving (0.3 of the batches), solving with 1 to 4 drafts (0.5), solving three times and settling (0.1), judging (0.1). Drafts are simulated: right solutions in which each
/// residue is wrong with a probability of 1 to 12 %, with the rest going on from it. Models never learn to write the errors of drafts, as only what comes behind them is scored.
/// </remarks>
internal sealed class ReasonerBatches(ITextTokenizer tokenizer, bool direct, ulong seed) : IBatches<TokenBatch>
{
    private const int FewestSteps = 2, MostSteps = 8, MostDrafts = 4;
    private const int Rows = 16, LongRows = 8;
    private const double OnlySolving = 0.5;

    /// <inheritdoc/>
    public TokenBatch At(long index) => At(index, 1);

    /// <summary>The batch at a point of the training.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="progress">The share of the training that is over: in its beginning the reasoner only learns to solve.</param>
    public TokenBatch At(long index, double progress)
    {
        var random = new RandomGenerator(seed, (ulong)index);
        var role = direct ? 'd' : progress < OnlySolving ? 's' : random.NextDouble() switch { < 0.3 => 's', < 0.8 => 'w', < 0.9 => 'g', _ => 'j' };
        var rows = Enumerable.Range(0, role is 'w' or 'g' ? LongRows : Rows).Select(_ => Example(role, random)).ToList();
        return TokenBatch.Of(rows, tokenizer.PaddingToken!.Value);
    }

    private (IReadOnlyList<int> Ids, int Given) Example(char role, RandomGenerator random)
    {
        var problem = ResidueProblem.Draw(FewestSteps + random.NextInt32(MostSteps - FewestSteps + 1), random);
        string Draft() => ResidueTrace.Drafted(problem, random.NextDouble(0.01, 0.12), random);
        switch (role)
        {
            case 'd':
                return Of(ReasonerPrompts.Direct(problem), $"={ResidueProblem.Residues[problem.Answer]}");
            case 'w':
                var drafts = Enumerable.Range(0, 1 + random.NextInt32(MostDrafts)).Select(_ => Draft()).ToList();
                return Of(ReasonerPrompts.WithDrafts(problem, drafts), ResidueTrace.Right(problem, random));
            case 'g':
                // The first two passes may be wrong, and are then not to be learned; or all are right.
                var allRight = random.NextBoolean();
                var passes = Enumerable.Range(0, 3).Select(pass => ResidueTrace.Working(pass == 2 || allRight ? ResidueTrace.Right(problem, random) : Draft())).ToList();
                var given = allRight ? 0 : 2;
                return Of(
                    ReasonerPrompts.Long(problem) + string.Concat(passes.Take(given).Select(pass => pass + "/")),
                    $"{string.Join('/', passes.Skip(given))}={ResidueProblem.Residues[problem.Answer]}");
            case 'j':
                var judged = Draft();
                return Of(ReasonerPrompts.Judge(problem, judged), ResidueTrace.Answer(judged) == ResidueProblem.Residues[problem.Answer].ToString() ? "Yes" : "No");
            default:
                return Of(ReasonerPrompts.Solve(problem), ResidueTrace.Right(problem, random));
        }
    }

    private (IReadOnlyList<int> Ids, int Given) Of(string prompt, string answer)
    {
        int[] given = [tokenizer.BeginToken!.Value, .. tokenizer.Encode(prompt)];
        return ([.. given, .. tokenizer.Encode(answer), tokenizer.EndToken!.Value], given.Length);
    }
}
