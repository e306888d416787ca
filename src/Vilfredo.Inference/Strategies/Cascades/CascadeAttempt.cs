using Microsoft.Extensions.AI;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>An answer of a tier of a cascade that is to be accepted or not.</summary>
/// <param name="Run">The run; further calls are made there.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Tier">The tier, from 0.</param>
/// <param name="Client">The tier's model.</param>
/// <param name="AskAgain">Asks the same tier for another answer: the number of the answer, from 1; null when it fails.</param>
public sealed record CascadeAttempt(StrategyRun Run, Candidate Answer, int Tier, IChatClient Client, Func<int, CancellationToken, Task<Candidate?>> AskAgain);
