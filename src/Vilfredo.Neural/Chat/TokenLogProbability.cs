using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Neural.Chat;

/// <summary>How probable the model held a token that it drew.</summary>
/// <param name="Token">The token's id.</param>
/// <param name="LogProbability">The natural logarithm of its probability under the model itself, before penalties, temperature and cuts.</param>
public sealed record TokenLogProbability(int Token, double LogProbability) : ITokenLogProbability;
