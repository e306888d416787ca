using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Agents.Selection;

/// <summary>Judges steps and attempts of an agent. Every call that it makes is on the account of the answer.</summary>
public interface ITrajectoryVerifier
{
    /// <summary>How good the last step is, from 0 to 10; null when there is no valid judgement.</summary>
    /// <param name="run">The run; calls are made there.</param>
    /// <param name="trajectory">Has at least one step or an answer.</param>
    /// <param name="place">The place of the call among the others.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<(double Score, Candidate Call)?> ProgressAsync(StrategyRun run, Trajectory trajectory, CallRequest place, CancellationToken cancellation);

    /// <summary>Whether an attempt with an answer solved its task; null when there is no valid judgement.</summary>
    /// <inheritdoc cref="ProgressAsync"/>
    Task<(bool Solved, Candidate Call)?> OutcomeAsync(StrategyRun run, Trajectory trajectory, CallRequest place, CancellationToken cancellation);

    /// <summary>The place of the best of several; null when there is no valid judgement.</summary>
    /// <param name="run">The run; calls are made there.</param>
    /// <param name="trajectories">At least two.</param>
    /// <param name="place">The place of the call among the others.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<(int Place, Candidate Call)?> PickAsync(StrategyRun run, IReadOnlyList<Trajectory> trajectories, CallRequest place, CancellationToken cancellation);
}
