namespace Vilfredo.Neural.Training.Schedules;

/// <summary>The share of the peak learning rate that a step uses: a pure function of the step, so that training that is resumed needs no state of it.</summary>
public interface ISchedule
{
    /// <summary>The factor of a step.</summary>
    /// <param name="step">The step, counted from 0. Steps after the planned end keep the last factor.</param>
    /// <returns>A number in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    double Factor(long step);
}
